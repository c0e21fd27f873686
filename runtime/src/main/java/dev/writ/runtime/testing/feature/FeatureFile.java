package dev.writ.runtime.testing.feature;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Location;
import io.cucumber.messages.types.ParseError;
import io.cucumber.messages.types.Pickle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A feature file, with the places of all that stands in it. */
public final class FeatureFile {
    private final SourceFile source;
    private final Map<Long, List<StepText>> scenarios = new LinkedHashMap<>();

    private FeatureFile(SourceFile source) {
        this.source = source;
    }

    /** Reads a feature; what is not well-formed Gherkin is reported, and has no scenarios. */
    public static FeatureFile parse(SourceFile source, DiagnosticSink sink) {
        FeatureFile feature = new FeatureFile(source);
        List<Envelope> envelopes = GherkinParser.builder()
                .includeSource(false)
                .build()
                .parse(source.name(), source.text().getBytes(StandardCharsets.UTF_8))
                .toList();
        TextLines lines = new TextLines(source);
        envelopes.stream()
                .flatMap(envelope -> envelope.getParseError().stream())
                .forEach(error -> report(error, lines, sink));
        envelopes.stream()
                .flatMap(envelope -> envelope.getGherkinDocument().stream())
                .findFirst()
                .ifPresent(document -> feature.place(document, envelopes, lines));
        return feature;
    }

    public SourceFile source() {
        return source;
    }

    public int scenarioCount() {
        return scenarios.size();
    }

    /**
     * The steps of the scenario that stands at this line, of its backgrounds too, in the order they are taken; for a row
     * of an outline's examples, the row's line.
     */
    public List<StepText> steps(long line) {
        List<StepText> steps = scenarios.get(line);
        if (steps == null) {
            throw new NoSuchElementException("no scenario at line " + line + " of " + source);
        }
        return steps;
    }

    private void place(GherkinDocument document, List<Envelope> envelopes, TextLines lines) {
        FeatureNodes nodes = FeatureNodes.of(document);
        StepPlaces places = new StepPlaces(nodes, lines);
        for (Envelope envelope : envelopes) {
            if (envelope.getPickle().isPresent()) {
                Pickle pickle = envelope.getPickle().get();
                scenarios.put(
                        nodes.line(pickle),
                        pickle.getSteps().stream().map(places::of).toList());
            }
        }
    }

    private static void report(ParseError error, TextLines lines, DiagnosticSink sink) {
        Location location = error.getSource().getLocation().orElse(new Location(1L, 1L));
        SourceSpan span =
                lines.from(location.getLine(), Math.max(1L, location.getColumn().orElse(1L)));
        sink.add(DiagnosticId.SOURCE_SYNTAX, span, GherkinMessage.of(error.getMessage()));
    }
}
