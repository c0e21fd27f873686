package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticCounts;
import dev.writ.compiler.source.SourcePosition;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings as {@code check --format json} prints them: the fixed keys of the contract, and {@code related}. */
final class DiagnosticJson {
    private DiagnosticJson() {}

    static Map<String, @Nullable Object> of(List<Diagnostic> diagnostics) {
        DiagnosticCounts counts = DiagnosticCounts.of(diagnostics);
        return Json.object(
                "diagnostics", diagnostics.stream().map(DiagnosticJson::of).toList(),
                "errors", counts.errors(),
                "warnings", counts.warnings(),
                "notes", counts.notes());
    }

    private static Map<String, @Nullable Object> of(Diagnostic diagnostic) {
        return Json.object(
                "id", diagnostic.id().id(),
                "severity", diagnostic.severity().toString(),
                "message", diagnostic.message(),
                "help", diagnostic.help(),
                "location", location(diagnostic.span()),
                "related",
                        diagnostic.related().stream()
                                .map(related ->
                                        Json.object("location", location(related.span()), "message", related.label()))
                                .toList());
    }

    /** A place; null for none. The end is exclusive, as are {@code endColumn}s of SARIF and editors. */
    static @Nullable Map<String, @Nullable Object> location(@Nullable SourceSpan span) {
        if (span == null) {
            return null;
        }
        SourcePosition start = span.startPosition();
        SourcePosition end = span.endPosition();
        return Json.object(
                "file", span.file().name(),
                "line", start.line(),
                "column", start.column(),
                "endLine", end.line(),
                "endColumn", end.column());
    }
}
