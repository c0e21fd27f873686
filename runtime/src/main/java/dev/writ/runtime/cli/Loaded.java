package dev.writ.runtime.cli;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.SourceReader;
import java.util.List;

/** The sources of a command line, read and compiled. */
record Loaded(List<SourceFile> files, Compilation compilation) {

    static Loaded from(SourceOptions options, Invocation invocation) {
        DiagnosticSink sink = new DiagnosticSink();
        List<SourceFile> files = new SourceReader(invocation.in(), options.recursive()).read(options.sources(), sink);
        return new Loaded(files, PolicyCompiler.compile(files, List.of(), options.compilerOptions(files), sink));
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

    /** Errors found are a no; but a source that could not be read leaves the question open. */
    int exitCode() {
        boolean unreadable = errors().stream()
                .anyMatch(error ->
                        error.id() == DiagnosticId.SOURCE_UNREADABLE || error.id() == DiagnosticId.SOURCE_TOO_LARGE);
        return unreadable ? ExitCode.USAGE : hasErrors() ? ExitCode.NO : ExitCode.FINE;
    }
}
