package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource;
import java.util.List;

/**
 * A policy as features declare it: files that they name, and resources that no file holds as such.
 *
 * @param options what they say of the control plane
 */
public record DeclaredPolicy(List<SourceFile> files, List<Resource> resources, ModelOptions options) {
    public DeclaredPolicy {
        files = List.copyOf(files);
        resources = List.copyOf(resources);
    }

    /** The same for another control plane. */
    public DeclaredPolicy withOptions(ModelOptions other) {
        return new DeclaredPolicy(files, resources, other);
    }

    /** @param sink holds what was found while it was read */
    public Compilation compile(DiagnosticSink sink) {
        return PolicyCompiler.compile(files, resources, options, sink);
    }
}
