package dev.writ.compiler.check;

import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.IdSegments;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.CallerPattern.OfWorkloads;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.stream.Collectors;

/** The name of a rule's callers in a message, where what is underlined names others too: one of its alternatives, one of a group. */
final class NamedCallers {
    private NamedCallers() {}

    /** With a space before it; empty where the underlined text says it. */
    static String of(Rule rule) {
        String text = text(rule);
        return text.isEmpty() || rule.pattern().text().contains(text) ? "" : " `" + text + "`";
    }

    private static String text(Rule rule) {
        return switch (rule.callers()) {
            case ExactId exact -> exact.id();
            case IdPrefix prefix -> prefix.prefix();
            case BelowId below -> below.id() + "/**";
            case IdSegments segments ->
                segments.segments().stream()
                        .map(segment -> segment.orElse("*"))
                        .collect(Collectors.joining("/", SpiffeId.SCHEME, segments.below() ? "/**" : ""));
            case AnyCaller any -> "";
            case NoPattern nothing -> "";
            case OfWorkloads workloads -> "";
        };
    }
}
