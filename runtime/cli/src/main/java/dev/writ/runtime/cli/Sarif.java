package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.SourcePosition;
import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings as SARIF 2.1.0, which code hosts show in pull requests. */
final class Sarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private Sarif() {}

    static Map<String, @Nullable Object> of(List<Diagnostic> diagnostics, String version) {
        List<DiagnosticId> rules = diagnostics.stream()
                .map(Diagnostic::id)
                .distinct()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
        Map<String, @Nullable Object> driver = Json.object(
                "name",
                "writ",
                "version",
                version,
                "rules",
                rules.stream().map(Sarif::rule).toList());
        Map<String, @Nullable Object> run = Json.object(
                "tool", Json.object("driver", driver),
                "columnKind", "unicodeCodePoints",
                "results",
                        diagnostics.stream()
                                .map(diagnostic -> result(diagnostic, rules.indexOf(diagnostic.id())))
                                .toList());
        return log(run);
    }

    static Map<String, @Nullable Object> log(Map<String, @Nullable Object> run) {
        return Json.object("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run));
    }

    private static Map<String, @Nullable Object> rule(DiagnosticId id) {
        return Json.object(
                "id", id.id(),
                "shortDescription", Json.object("text", id.summary()),
                "defaultConfiguration", Json.object("level", id.severity().toString()));
    }

    private static Map<String, @Nullable Object> result(Diagnostic diagnostic, int ruleIndex) {
        String help = diagnostic.help();
        String text = help == null ? diagnostic.message() : diagnostic.message() + "\n" + help;
        Map<String, @Nullable Object> result = Json.object(
                "ruleId", diagnostic.id().id(),
                "ruleIndex", ruleIndex,
                "level", diagnostic.severity().toString(),
                "message", Json.object("text", text));
        SourceSpan span = diagnostic.span();
        if (span != null) {
            result.put("locations", List.of(Json.object("physicalLocation", physical(span))));
        }
        if (!diagnostic.related().isEmpty()) {
            result.put("relatedLocations", related(diagnostic));
        }
        return result;
    }

    private static List<Object> related(Diagnostic diagnostic) {
        List<Object> places = new ArrayList<>();
        for (Diagnostic.Related related : diagnostic.related()) {
            places.add(Json.object(
                    "id", places.size(),
                    "physicalLocation", physical(related.span()),
                    "message", Json.object("text", related.label())));
        }
        return places;
    }

    static Map<String, @Nullable Object> physical(SourceSpan span) {
        SourcePosition start = span.startPosition();
        SourcePosition end = span.endPosition();
        return Json.object(
                "artifactLocation", Json.object("uri", FileUri.of(span.file().name())),
                "region",
                        Json.object(
                                "startLine", start.line(),
                                "startColumn", start.column(),
                                "endLine", end.line(),
                                "endColumn", end.column()));
    }
}
