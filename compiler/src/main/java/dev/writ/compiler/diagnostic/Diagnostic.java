package dev.writ.compiler.diagnostic;

import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding. The message is one line, lower case, without a full stop, with user text in backticks; longer advice goes
 * to {@code help}. The underlined source is part of what is shown, so the message does not repeat it.
 *
 * @param span what to underline; null where the finding is about no place in a file
 * @param related further places that explain the finding
 * @param field the field in question, as Kuma's validation names it ({@code spec.rules[0].allow[0].spiffeID}); null where the
 *     finding is about none
 */
public record Diagnostic(
        DiagnosticId id,
        Severity severity,
        String message,
        @Nullable SourceSpan span,
        List<Related> related,
        @Nullable String help,
        @Nullable String field) {

    /** A further place, with what it has to do with the finding. */
    public record Related(SourceSpan span, String label) {}

    /** By place, then by id; findings without a place come first. */
    public static final Comparator<Diagnostic> ORDER = Comparator.<Diagnostic, @Nullable SourceSpan>comparing(
                    Diagnostic::span, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(diagnostic -> diagnostic.id().id())
            .thenComparing(Diagnostic::message);

    public Diagnostic {
        related = List.copyOf(related);
    }

    /** One that is about no field. */
    public Diagnostic(
            DiagnosticId id,
            Severity severity,
            String message,
            @Nullable SourceSpan span,
            List<Related> related,
            @Nullable String help) {
        this(id, severity, message, span, related, help, null);
    }

    public static Diagnostic of(DiagnosticId id, @Nullable SourceSpan span, String message) {
        return new Diagnostic(id, id.severity(), message, span, List.of(), null);
    }

    public static Diagnostic of(DiagnosticId id, @Nullable SourceSpan span, String message, @Nullable String help) {
        return new Diagnostic(id, id.severity(), message, span, List.of(), help);
    }

    /** The same under another id. */
    public Diagnostic withId(DiagnosticId other) {
        return new Diagnostic(other, severity, message, span, related, help, field);
    }

    public Diagnostic withSeverity(Severity other) {
        return new Diagnostic(id, other, message, span, related, help, field);
    }

    public Diagnostic withHelp(String other) {
        return new Diagnostic(id, severity, message, span, related, other, field);
    }

    public Diagnostic withRelated(SourceSpan place, String label) {
        List<Related> more = new ArrayList<>(related);
        more.add(new Related(place, label));
        return new Diagnostic(id, severity, message, span, more, help, field);
    }

    /** The same about this field. */
    public Diagnostic at(String path) {
        return new Diagnostic(id, severity, message, span, related, help, path);
    }
}
