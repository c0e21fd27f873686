package dev.writ.compiler.diagnostic;

import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the findings of a run: a stage reports everything it found, then the driver stops between stages on errors. */
public final class DiagnosticSink {
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();

    /** What could stand in the place of something that cannot, as its reader knows it. */
    public record Choice(SourceSpan place, List<String> names) {
        public Choice {
            names = List.copyOf(names);
        }
    }

    public void add(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }

    public void add(DiagnosticId id, @Nullable SourceSpan span, String message) {
        add(Diagnostic.of(id, span, message));
    }

    public void add(DiagnosticId id, @Nullable SourceSpan span, String message, @Nullable String help) {
        add(Diagnostic.of(id, span, message, help));
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }

    /** Says what could stand in a place, for who completes the text. */
    public void offer(SourceSpan place, Collection<String> names) {
        choices.add(new Choice(place, List.copyOf(names)));
    }

    public List<Choice> choices() {
        return List.copyOf(choices);
    }

    /** All findings so far, each once, in the order of their places. */
    public List<Diagnostic> sorted() {
        return diagnostics.stream().distinct().sorted(Diagnostic.ORDER).toList();
    }
}
