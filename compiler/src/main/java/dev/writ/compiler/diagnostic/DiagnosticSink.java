package dev.writ.compiler.diagnostic;

import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the findings of a run: a stage reports everything it found, then the driver stops between stages on errors. */
public final class DiagnosticSink {
    private final List<Diagnostic> diagnostics = new ArrayList<>();

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

    /** All findings so far, each once, in the order of their places. */
    public List<Diagnostic> sorted() {
        return diagnostics.stream().distinct().sorted(Diagnostic.ORDER).toList();
    }
}
