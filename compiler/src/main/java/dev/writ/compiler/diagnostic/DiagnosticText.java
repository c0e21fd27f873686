package dev.writ.compiler.diagnostic;

import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings as text for people:
 *
 * <pre>
 * policies/identity.yaml:5:18: error[template.unknown-variable]: unknown template variable `.Namspace`
 *   |
 * 5 |     path: "/ns/{{ .Namspace }}/sa/{{ .ServiceAccount }}"
 *   |                   ^^^^^^^^^
 *   = help: did you mean `.Namespace`?
 * </pre>
 *
 * <p>The place comes first in its line, so that editors and CI systems link it. Lines that hold secrets are masked
 * ({@link SecretLines}), control characters of the source are never passed on to the terminal. Of a file that is empty, or could
 * not be read, there is nothing to show.
 */
public final class DiagnosticText {
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean colour;
    private final Map<SourceFile, SecretLines> secrets = new HashMap<>();

    /** @param colour whether to add ANSI colours, which change no character of the text itself */
    public DiagnosticText(boolean colour) {
        this.colour = colour;
    }

    /** All findings, an empty line after each. */
    public String render(List<Diagnostic> diagnostics) {
        StringBuilder text = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            text.append(render(diagnostic)).append('\n');
        }
        return text.toString();
    }

    /** One finding: its line, its excerpt, related places, help. */
    public String render(Diagnostic diagnostic) {
        Severity severity = diagnostic.severity();
        StringBuilder text = new StringBuilder();
        SourceSpan span = diagnostic.span();
        if (span != null) {
            text.append(paint(BOLD, Printable.line(span.place()) + ": "));
        }
        text.append(paint(colourOf(severity), severity + "[" + diagnostic.id() + "]"))
                .append(": ")
                .append(paint(BOLD, Printable.line(diagnostic.message())))
                .append('\n');
        int gutter = 1;
        if (span != null && !span.file().text().isEmpty()) {
            Excerpt excerpt = excerpt(span);
            gutter = excerpt.gutter();
            appendExcerpt(text, excerpt, severity);
        }
        for (Diagnostic.Related related : diagnostic.related()) {
            text.append(paint(BOLD, Printable.line(related.span().place()) + ": "))
                    .append(paint(colourOf(Severity.NOTE), "note"))
                    .append(": ")
                    .append(Printable.line(related.label()))
                    .append('\n');
            if (!related.span().file().text().isEmpty()) {
                appendExcerpt(text, excerpt(related.span()), Severity.NOTE);
            }
        }
        String help = diagnostic.help();
        if (help != null) {
            text.append(" ".repeat(gutter)).append(" = help: ");
            text.append(Printable.line(help)).append('\n');
        }
        return text.toString();
    }

    private Excerpt excerpt(SourceSpan span) {
        return Excerpt.of(span, secrets.computeIfAbsent(span.file(), SecretLines::of));
    }

    private void appendExcerpt(StringBuilder text, Excerpt excerpt, Severity severity) {
        String margin = " ".repeat(excerpt.gutter()) + " |";
        text.append(margin).append('\n');
        text.append(excerpt.line()).append(" | ").append(excerpt.text()).append('\n');
        if (!excerpt.underline().isEmpty()) {
            String carets = excerpt.underline();
            int blank = carets.length() - carets.stripLeading().length();
            text.append(margin)
                    .append(' ')
                    .append(carets, 0, blank)
                    .append(paint(colourOf(severity), carets.substring(blank)))
                    .append('\n');
        }
    }

    private String paint(String ansi, String words) {
        return colour ? ansi + words + PLAIN : words;
    }

    private static String colourOf(Severity severity) {
        return switch (severity) {
            case ERROR -> "\u001b[1;31m";
            case WARNING -> "\u001b[1;33m";
            case NOTE -> "\u001b[1;36m";
        };
    }
}
