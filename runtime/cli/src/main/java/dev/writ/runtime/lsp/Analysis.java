package dev.writ.runtime.lsp;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource;
import dev.writ.runtime.testing.DeclaredPolicy;
import dev.writ.runtime.testing.FeatureSources;
import dev.writ.runtime.testing.SourceCache;
import dev.writ.runtime.testing.feature.FeatureFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the sources of a policy root come to, for an editor: the findings of {@code writ check}, and the policy as far as it can
 * be understood though there are errors.
 *
 * @param versions of the open documents that were read, by name
 * @param resources those that could be read
 * @param understanding of these resources
 */
record Analysis(
        List<SourceFile> files,
        Map<String, Integer> versions,
        List<Resource> resources,
        Understanding understanding,
        List<Diagnostic> diagnostics) {

    static Analysis empty(ModelOptions options) {
        return new Analysis(
                List.of(),
                Map.of(),
                List.of(),
                Understanding.of(new Understood(
                        new MeshModel(options.target(), List.of()), new MeshPolicy(options.target(), List.of()))),
                List.of());
    }

    MeshModel model() {
        return understanding.get().model();
    }

    MeshPolicy policy() {
        return understanding.get().policy();
    }

    /**
     * Analyses the sources.
     *
     * @param known what was read before
     * @param before what to fall back on
     * @param interruption is asked between the stages, and throws where the result is no longer wanted
     */
    static Analysis of(
            RootSources.Sources sources,
            KnownFiles known,
            ModelOptions options,
            Analysis before,
            Runnable interruption) {
        DiagnosticSink sink = new DiagnosticSink();
        boolean targetIsChosen = options.target() != ModelOptions.DEFAULT.target();
        DeclaredPolicy declared =
                FeatureSources.read(sources.files(), new SourceCache(sources.named()), targetIsChosen, sink);
        ModelOptions said = options(declared, options, targetIsChosen);
        List<Resource> resources = known.resources(declared.files(), said, sink);
        resources.addAll(declared.resources());
        interruption.run();
        Compilation compilation = PolicyCompiler.compile(List.of(), resources, said, sink, Instant.now());
        interruption.run();
        List<Diagnostic> found = Stream.concat(sources.findings().stream(), compilation.diagnostics().stream())
                .filter(finding -> isAboutPolicy(finding, sources.files()))
                .toList();
        Understanding understanding = compilation.hasErrors()
                ? Understanding.despiteErrors(
                        resources, said, before.understanding().last())
                : Understanding.of(new Understood(compilation.model(), compilation.policy()));
        return new Analysis(sources.files(), sources.versions(), resources, understanding, found);
    }

    Optional<SourceFile> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** A feature may say what it is about; what the command line says of the target is stronger. */
    private static ModelOptions options(DeclaredPolicy declared, ModelOptions options, boolean targetIsChosen) {
        if (declared.options().equals(ModelOptions.DEFAULT)) {
            return options;
        }
        return targetIsChosen ? declared.options().withTarget(options.target()) : declared.options();
    }

    // A folder of an editor holds YAML of many tools. What a feature names has its findings where it is read itself,
    // and a
    // feature that declares nothing is a test.
    private static boolean isAboutPolicy(Diagnostic diagnostic, List<SourceFile> files) {
        SourceSpan span = diagnostic.span();
        return diagnostic.id() != DiagnosticId.SOURCE_NO_KIND
                && span != null
                && (files.stream().noneMatch(FeatureSources::isOne) || files.contains(span.file()))
                && !(FeatureSources.isOne(span.file()) && isNoPolicy(diagnostic, span));
    }

    private static boolean isNoPolicy(Diagnostic diagnostic, SourceSpan span) {
        return diagnostic.id() == DiagnosticId.SCHEMA_MISSING_FIELD
                && FeatureFile.parse(span.file(), new DiagnosticSink()).head().equals(span);
    }
}
