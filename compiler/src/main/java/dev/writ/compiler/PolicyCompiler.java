package dev.writ.compiler;

import dev.writ.compiler.check.Checks;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.PolicyLowering;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.ModelBuilder;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes sources through the stages as far as they are free of errors: syntax, model, IR, checks. */
public final class PolicyCompiler {
    private PolicyCompiler() {}

    /**
     * Compiles sources as one policy. A stage reports everything it found; the next one starts only if there was no error.
     *
     * @param declared resources that no file holds as such: the permissions that a feature's steps declare
     */
    public static Compilation compile(List<SourceFile> sources, List<Resource> declared, ModelOptions options) {
        return compile(sources, declared, options, new DiagnosticSink());
    }

    /** @param sink holds what was found while the sources were read; an error there lets only the syntax be looked at */
    public static Compilation compile(
            List<SourceFile> sources, List<Resource> declared, ModelOptions options, DiagnosticSink sink) {
        return compile(sources, declared, options, sink, Instant.now());
    }

    /** @param now what certificates are held against: a CA that has expired by then is a finding */
    public static Compilation compile(
            List<SourceFile> sources, List<Resource> declared, ModelOptions options, DiagnosticSink sink, Instant now) {
        List<Resource> resources = new ArrayList<>(new ResourceReader(options::controlPlaneOf).read(sources, sink));
        resources.addAll(declared);
        if (sink.hasErrors()) {
            return stopped(new CompiledFrom(List.of(), options), sink);
        }
        Compilation compiled = bound(new CompiledFrom(resources, options.withDeclaredZones(resources)), sink);
        if (sink.hasErrors()) {
            return compiled;
        }
        Checks.run(compiled.model(), compiled.policy(), now, sink);
        return compiled.withDiagnostics(sink.sorted());
    }

    /** What sources that were compiled without errors come to with one more. Those are not read again, and nothing is checked. */
    public static Compilation tried(Compilation compiled, SourceFile more) {
        DiagnosticSink sink = new DiagnosticSink();
        CompiledFrom from = compiled.from();
        List<Resource> resources = new ArrayList<>(from.resources());
        resources.addAll(new ResourceReader(from.options()::controlPlaneOf).read(List.of(more), sink));
        return sink.hasErrors() ? stopped(from, sink) : bound(new CompiledFrom(resources, from.options()), sink);
    }

    private static Compilation bound(CompiledFrom from, DiagnosticSink sink) {
        MeshModel model = ModelBuilder.build(from.resources(), from.options(), sink);
        return sink.hasErrors()
                ? stopped(from, sink)
                : new Compilation(model, PolicyLowering.lower(model), sink.sorted(), from);
    }

    private static Compilation stopped(CompiledFrom from, DiagnosticSink sink) {
        Target target = from.options().target();
        return new Compilation(
                new MeshModel(target, List.of()), new MeshPolicy(target, List.of()), sink.sorted(), from);
    }
}
