package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the checks advise about the rules of a policy. */
record Cures(List<Diagnostic> diagnostics) {
    private static final String ABOUT_RULES = "permission.";

    /** The advice about a rule; empty where there is none, or it is no rule of this policy. */
    Optional<String> of(@Nullable SourceSpan rule) {
        return rule == null
                ? Optional.empty()
                : diagnostics.stream()
                        .filter(diagnostic ->
                                diagnostic.id().id().startsWith(ABOUT_RULES) && isInside(diagnostic.span(), rule))
                        .flatMap(diagnostic -> Stream.ofNullable(diagnostic.help()))
                        .findFirst();
    }

    private static boolean isInside(@Nullable SourceSpan span, SourceSpan rule) {
        return span != null
                && span.file().equals(rule.file())
                && span.start() >= rule.start()
                && span.end() <= rule.end();
    }
}
