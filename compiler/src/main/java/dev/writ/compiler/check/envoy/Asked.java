package dev.writ.compiler.check.envoy;

import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.Set;

/**
 * What enforced RBAC asks of a caller's certificate.
 *
 * @param place of the text that is compared
 * @param negated whether it must not match
 * @param effects what may come of a match
 * @param guard what was refused before
 */
record Asked(
        RbacSite site,
        String place,
        Name name,
        TextMatcher matcher,
        boolean negated,
        Set<Effect> effects,
        IdentityGuard guard) {
    /** What of the certificate. */
    enum Name {
        /** All URI SANs in one text. */
        URI_SANS,
        /** All DNS SANs in one text, or the subject. */
        OTHER,
        /** {@code principal_name}: any URI SAN, else any DNS SAN, else the subject. */
        ANY
    }

    boolean allows() {
        return effects.contains(Effect.ALLOW) || effects.contains(Effect.LOG);
    }

    boolean denies() {
        return effects.contains(Effect.DENY);
    }

    /** Whether a caller for whom this does not hold passes it by: a deny, or the allow of all others. */
    boolean keepsOut() {
        return negated ? allows() : denies();
    }

    /** The text at the start of every name that matches; empty where there is none that is known. */
    String start() {
        return start(matcher);
    }

    static String start(TextMatcher matcher) {
        return switch (matcher) {
            case TextMatcher.Exact exact -> exact.text();
            case TextMatcher.StartsWith starts -> starts.text();
            case TextMatcher.Regex regex -> Regexes.start(regex.pattern().pattern());
            case TextMatcher.EndsWith ends -> "";
            case TextMatcher.Contains contains -> "";
            case Unmodelled other -> "";
        };
    }
}
