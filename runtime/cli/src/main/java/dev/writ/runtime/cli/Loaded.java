package dev.writ.runtime.cli;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.testing.DeclaredPolicy;
import dev.writ.runtime.testing.FeatureSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The sources of a command line, read and compiled.
 *
 * @param given the policies and features among them, without what a feature names
 */
record Loaded(List<SourceFile> files, List<SourceFile> given, Compilation compilation) {

    static Loaded from(SourceOptions options, Invocation invocation) {
        DiagnosticSink sink = new DiagnosticSink();
        List<SourceFile> files =
                GitRevision.reader(invocation.in(), options.recursive()).read(options.sources(), sink);
        return compile(files, options, sink);
    }

    /** The same, compiled for each target that the command line names, or for the one that holds where it names none. */
    static List<Loaded> forTargets(SourceOptions options, Invocation invocation) {
        if (options.targets().size() < 2) {
            return List.of(from(options, invocation));
        }
        DiagnosticSink read = new DiagnosticSink();
        List<SourceFile> files =
                GitRevision.reader(invocation.in(), options.recursive()).read(options.sources(), read);
        return options.targets().stream()
                .distinct()
                .map(target -> {
                    DiagnosticSink sink = new DiagnosticSink();
                    read.sorted().forEach(sink::add);
                    return compile(files, options, usual -> options.compilerOptions(files, usual, target), sink);
                })
                .toList();
    }

    /** The same with the findings of those sources that are config of Envoy, which other commands do not take for sources. */
    static Loaded withEnvoyConfig(SourceOptions options, Invocation invocation) {
        DiagnosticSink sink = new DiagnosticSink();
        List<Path> binaries = EnvoySources.binaries(options.sources());
        List<String> texts = options.sources().stream()
                .filter(source -> source.equals("-") || !binaries.contains(Path.of(source)))
                .toList();
        List<SourceFile> files =
                GitRevision.reader(invocation.in(), options.recursive()).read(texts, sink);
        List<EnvoySources.Parts> parts = files.stream().map(EnvoySources::parts).toList();
        List<SourceFile> policies =
                parts.stream().flatMap(part -> part.policies().stream()).toList();
        Loaded loaded = compile(policies, options, sink);
        Compilation compilation = loaded.compilation();
        // Errors there stop no check of the policies.
        DiagnosticSink all = new DiagnosticSink();
        compilation.diagnostics().forEach(all::add);
        List<SourceFile> read = new ArrayList<>(loaded.files());
        for (EnvoySources.Parts part : parts) {
            part.envoy().ifPresent(config -> EnvoySources.check(config, all));
            if (part.policies().isEmpty()) {
                part.envoy().ifPresent(read::add);
            }
        }
        binaries.forEach(binary -> read.add(EnvoySources.check(binary, all)));
        return new Loaded(read, policies, compilation.withDiagnostics(all.sorted()));
    }

    private static Loaded compile(List<SourceFile> files, SourceOptions options, DiagnosticSink sink) {
        return compile(files, options, usual -> options.compilerOptions(files, usual), sink);
    }

    private static Loaded compile(
            List<SourceFile> files, SourceOptions options, UnaryOperator<ModelOptions> chosen, DiagnosticSink sink) {
        DeclaredPolicy declared = FeatureSources.read(files, GitRevision.named(), options.targetIsChosen(), sink);
        Compilation compilation =
                declared.withOptions(chosen.apply(declared.options())).compile(sink);
        List<SourceFile> read = new ArrayList<>(declared.files());
        files.stream().filter(FeatureSources::isOne).forEach(read::add);
        return new Loaded(read, files, compilation);
    }

    /** What was compiled for. */
    Target target() {
        return compilation.model().target();
    }

    List<Diagnostic> diagnostics() {
        return compilation.diagnostics();
    }

    boolean hasErrors() {
        return compilation.hasErrors();
    }

    List<Diagnostic> errors() {
        return atLeast(Severity.ERROR);
    }

    /** The findings of this severity and worse. */
    List<Diagnostic> atLeast(Severity severity) {
        return diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity().compareTo(severity) <= 0)
                .toList();
    }

    int exitCode() {
        return ExitCode.of(diagnostics());
    }
}
