package dev.writ.compiler.check;

import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a rule is about: those whose caller is this text, or begins with it, and that ask for this server name.
 *
 * @param serverName null for any
 */
record Callers(String text, boolean exact, @Nullable String serverName) {

    /** Those of a rule; none for the empty match, which is about no call, and for what no text tells. */
    static Optional<Callers> of(Rule rule) {
        return switch (rule.callers()) {
            case NoPattern nothing -> Optional.empty();
            case CallerPattern.IdSegments segments -> Optional.empty();
            case CallerPattern.OfWorkloads workloads -> Optional.empty();
            case AnyCaller any -> Optional.of(new Callers("", false, rule.serverName()));
            case ExactId id -> Optional.of(new Callers(id.id(), true, rule.serverName()));
            case IdPrefix prefix -> Optional.of(new Callers(prefix.prefix(), false, rule.serverName()));
            case BelowId below -> Optional.of(new Callers(below.id() + "/", false, rule.serverName()));
        };
    }

    /** Whether every call of the other is one of these. */
    boolean includes(Callers other) {
        boolean isNamed = serverName == null || serverName.equals(other.serverName);
        return isNamed && (exact ? other.exact && other.text.equals(text) : other.text.startsWith(text));
    }

    /** Whether some call is one of both. */
    boolean overlaps(Callers other) {
        boolean isNamed = serverName == null || other.serverName == null || serverName.equals(other.serverName);
        return isNamed
                && (exact
                        ? other.exact ? other.text.equals(text) : text.startsWith(other.text)
                        : other.text.startsWith(text) || !other.exact && text.startsWith(other.text));
    }

    /** The trust domain they all are of; none where the text ends before or in it. */
    Optional<String> trustDomain() {
        int start = SpiffeId.SCHEME.length();
        if (!text.startsWith(SpiffeId.SCHEME)) {
            return Optional.empty();
        }
        int slash = text.indexOf('/', start);
        if (slash < 0) {
            return exact ? Optional.of(text.substring(start)) : Optional.empty();
        }
        return Optional.of(text.substring(start, slash));
    }
}
