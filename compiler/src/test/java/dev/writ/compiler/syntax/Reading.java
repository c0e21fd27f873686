package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;

/** What a text was read to, its findings as an author sees them: id, underlined text. */
record Reading(List<Resource> resources, List<Diagnostic> diagnostics) {

    static Reading of(String yaml) {
        return of(new SourceFile("t.yaml", yaml));
    }

    static Reading of(SourceFile... files) {
        DiagnosticSink sink = new DiagnosticSink();
        List<Resource> resources = new ResourceReader().read(List.of(files), sink);
        return new Reading(resources, sink.sorted());
    }

    /** For example {@code schema.unknown-field `spiffeId`}, in the order of places. */
    List<String> findings() {
        return findings(diagnostics);
    }

    static List<String> findings(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .map(diagnostic -> diagnostic.id() + " `" + underlined(diagnostic.span()) + "`")
                .toList();
    }

    <T extends Resource> T only(Class<T> type) {
        if (!diagnostics.isEmpty() || resources.size() != 1) {
            throw new AssertionError(resources + " " + diagnostics);
        }
        return type.cast(resources.getFirst());
    }

    static String underlined(@org.jspecify.annotations.Nullable SourceSpan span) {
        return span == null ? "" : span.text();
    }
}
