package dev.writ.runtime.lsp;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.Printable;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** Shows the findings of an analysis in the editor, file by file; what a file no longer has is taken back. */
final class Findings {
    private final Supplier<LanguageClient> client;
    private final Buffers buffers;
    private final Places places;
    private final Map<PolicyRoot, Map<String, List<org.eclipse.lsp4j.Diagnostic>>> shown = new HashMap<>();

    Findings(Supplier<LanguageClient> client, Buffers buffers, Places places) {
        this.client = client;
        this.buffers = buffers;
        this.places = places;
    }

    synchronized void show(PolicyRoot root, Analysis analysis) {
        Map<String, List<org.eclipse.lsp4j.Diagnostic>> found = new LinkedHashMap<>();
        // An open document is told that it has none, so that its editor knows that it was looked at.
        analysis.versions().keySet().forEach(name -> found.put(name, new ArrayList<>()));
        for (Diagnostic diagnostic : analysis.diagnostics()) {
            SourceSpan span = diagnostic.span();
            if (span != null) {
                found.computeIfAbsent(span.file().name(), none -> new ArrayList<>())
                        .add(finding(diagnostic, span));
            }
        }
        Map<String, List<org.eclipse.lsp4j.Diagnostic>> before = shown.getOrDefault(root, Map.of());
        Set<String> names = new HashSet<>(before.keySet());
        names.addAll(found.keySet());
        for (String name : names.stream().sorted().toList()) {
            List<org.eclipse.lsp4j.Diagnostic> now = found.getOrDefault(name, List.of());
            boolean isNews = analysis.versions().containsKey(name) || !now.equals(before.get(name));
            if (isNews) {
                publish(name, now, analysis.versions().get(name));
            }
        }
        shown.put(root, found);
    }

    /** Takes all of a policy's back. */
    synchronized void clear(PolicyRoot root) {
        Map<String, List<org.eclipse.lsp4j.Diagnostic>> before = shown.remove(root);
        if (before != null) {
            before.keySet().forEach(name -> publish(name, List.of(), null));
        }
    }

    // INVARIANT: a version that the document has left behind is never published: the places would be wrong.
    private void publish(String name, List<org.eclipse.lsp4j.Diagnostic> found, @Nullable Integer version) {
        Optional<Buffer> buffer = buffers.named(name);
        if (version != null && (buffer.isEmpty() || buffer.get().version() != version)) {
            return;
        }
        client.get().publishDiagnostics(new PublishDiagnosticsParams(places.uri(name), found, version));
    }

    private org.eclipse.lsp4j.Diagnostic finding(Diagnostic diagnostic, SourceSpan span) {
        String help = diagnostic.help() == null ? "" : "\nhelp: " + Printable.line(diagnostic.help());
        org.eclipse.lsp4j.Diagnostic finding = new org.eclipse.lsp4j.Diagnostic(
                places.range(span),
                Printable.line(diagnostic.message()) + help,
                severity(diagnostic.severity()),
                "writ",
                diagnostic.id().id());
        finding.setRelatedInformation(diagnostic.related().stream()
                .map(related -> new DiagnosticRelatedInformation(
                        new Location(places.uri(related.span().file().name()), places.range(related.span())),
                        Printable.line(related.label())))
                .toList());
        return finding;
    }

    private static DiagnosticSeverity severity(Severity severity) {
        return switch (severity) {
            case ERROR -> DiagnosticSeverity.Error;
            case WARNING -> DiagnosticSeverity.Warning;
            case NOTE -> DiagnosticSeverity.Information;
        };
    }
}
