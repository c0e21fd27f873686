package dev.writ.runtime.testing.feature;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.WritFormatter;
import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.DocString;
import io.cucumber.messages.types.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Formats the Writ rules in a feature's doc strings, and nothing else of it. A doc string of another media type, or without one and
 * no rules, is none of Writ's.
 */
public final class FeatureFormat {
    private FeatureFormat() {}

    /** The text of the feature, with its rules formatted; nothing, with findings, where they or the Gherkin do not parse. */
    public static Optional<String> format(SourceFile source, DiagnosticSink sink) {
        FeatureFile.parse(source, sink);
        if (sink.hasErrors()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>(List.of(source.text().split("\n", -1)));
        for (DocString docString : docStrings(source)) {
            String mediaType = docString.getMediaType().orElse("");
            if (!mediaType.isEmpty() && !mediaType.equals("writ")) {
                continue;
            }
            SourceText rules = new DocStringText(new TextLines(source)).locate(docString, Map.of());
            DiagnosticSink found = new DiagnosticSink();
            Optional<String> formatted = WritFormatter.formatRules(rules, found);
            if (formatted.isPresent()) {
                replace(lines, docString, formatted.get());
            } else if (!mediaType.isEmpty()) {
                found.sorted().forEach(sink::add);
            }
        }
        return sink.hasErrors() ? Optional.empty() : Optional.of(String.join("\n", lines));
    }

    /** From the last to the first, so that lines above keep their numbers. */
    private static List<DocString> docStrings(SourceFile source) {
        return GherkinParser.builder()
                .includeSource(false)
                .includePickles(false)
                .build()
                .parse(source.name(), source.text().getBytes(StandardCharsets.UTF_8))
                .flatMap(envelope -> envelope.getGherkinDocument().stream())
                .flatMap(document -> FeatureNodes.of(document).steps().stream())
                .map(Step::getDocString)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(
                                (DocString docString) -> docString.getLocation().getLine())
                        .reversed())
                .toList();
    }

    private static void replace(List<String> lines, DocString docString, String formatted) {
        int opening = Math.toIntExact(docString.getLocation().getLine());
        String indent =
                " ".repeat(Math.toIntExact(docString.getLocation().getColumn().orElse(1L)) - 1);
        int count = docString.getContent().split("\n", -1).length;
        List<String> block = lines.subList(opening, opening + count);
        block.clear();
        List<String> written = new ArrayList<>();
        for (String line : formatted.stripTrailing().split("\n", -1)) {
            written.add(line.isEmpty() ? "" : indent + line);
        }
        lines.addAll(opening, written);
    }
}
