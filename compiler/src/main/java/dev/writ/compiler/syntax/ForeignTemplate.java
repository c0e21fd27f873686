package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.SourceSpan;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells {@code {{ name }}}, as a Dataplane for {@code kuma-dp run --dataplane-var} and pages of documentation have it, from the
 * templates of a MeshIdentity, whose variables start with a dot.
 */
final class ForeignTemplate {
    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\{-?\\s*(?!(?:label|print|printf|println)\\b)[A-Za-z_][\\w.-]*\\s*-?}}");

    private ForeignTemplate() {}

    static Diagnostic diagnostic(SourceSpan action) {
        return Diagnostic.of(
                DiagnosticId.SOURCE_UNRENDERED,
                action,
                "a template that has not been rendered",
                "check what it renders to; that of a Dataplane is filled in by `kuma-dp run --dataplane-var`");
    }

    /** Where the first such variable between the two places starts; -1 if there is none. */
    static int find(String text, int from, int to) {
        Matcher variable = VARIABLE.matcher(text).region(from, to);
        return variable.find() ? variable.start() : -1;
    }
}
