package dev.writ.compiler;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.model.MeshModel;
import java.util.List;

/**
 * What the sources came to.
 *
 * @param policy of the workloads in {@code model}; both are empty where the sources or their model had errors; checks find theirs in what is here
 * @param diagnostics everything found, in the order of places
 */
public record Compilation(MeshModel model, MeshPolicy policy, List<Diagnostic> diagnostics, CompiledFrom from) {
    public Compilation {
        diagnostics = List.copyOf(diagnostics);
    }

    /** The same with other findings. */
    public Compilation withDiagnostics(List<Diagnostic> others) {
        return new Compilation(model, policy, others, from);
    }

    /** The same model with another policy, of which nothing was found. */
    public Compilation withPolicy(MeshPolicy other) {
        return new Compilation(model, other, List.of(), from);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }
}
