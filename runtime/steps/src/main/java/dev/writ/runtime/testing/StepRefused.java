package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticText;
import java.util.List;

/** What a step declares or names is in error: nothing was judged. */
public final class StepRefused extends StepFailure {
    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;
    private final String text;

    public StepRefused(List<Diagnostic> diagnostics) {
        this(diagnostics, new DiagnosticText(false).render(diagnostics).stripTrailing());
    }

    private StepRefused(List<Diagnostic> diagnostics, String text) {
        super(text);
        this.diagnostics = List.copyOf(diagnostics);
        this.text = text;
    }

    /** The errors; their text is the message. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    @Override
    public List<String> report() {
        return text.lines().toList();
    }
}
