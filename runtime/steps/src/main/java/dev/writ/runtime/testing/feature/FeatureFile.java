package dev.writ.runtime.testing.feature;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.HiddenCharacters;
import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.DataTable;
import io.cucumber.messages.types.DocString;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Location;
import io.cucumber.messages.types.ParseError;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.TableCell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A feature file, with the places of all that stands in it. */
public final class FeatureFile {
    private final SourceFile source;
    private final Map<Long, List<StepText>> scenarios = new LinkedHashMap<>();
    private final Map<Long, List<Located<String>>> tags = new LinkedHashMap<>();
    private final List<BackgroundStep> background = new ArrayList<>();
    private final List<Located<String>> ownTags = new ArrayList<>();
    private @Nullable SourceSpan head;

    private FeatureFile(SourceFile source) {
        this.source = source;
    }

    /** Reads a feature; what is not well-formed Gherkin is reported, and has no scenarios. */
    public static FeatureFile parse(SourceFile source, DiagnosticSink sink) {
        FeatureFile feature = new FeatureFile(source);
        HiddenCharacters.refuseTurning(SourceText.whole(source), sink);
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

    /** The tags of that scenario, {@code @} included, with those it has from its rule and its feature. */
    public List<Located<String>> tags(long line) {
        return List.copyOf(tags.getOrDefault(line, List.of()));
    }

    /** The steps that all scenarios of the feature begin with; not those that a rule adds for its own. */
    public List<BackgroundStep> background() {
        return List.copyOf(background);
    }

    /** The tags of the feature itself, {@code @} included. */
    public List<Located<String>> ownTags() {
        return List.copyOf(ownTags);
    }

    /** The line that says what the feature is; the start of a file that is none. */
    public SourceSpan head() {
        return head == null ? source.span(0, 0) : head;
    }

    private void place(GherkinDocument document, List<Envelope> envelopes, TextLines lines) {
        FeatureNodes nodes = FeatureNodes.of(document);
        StepPlaces places = new StepPlaces(nodes, lines);
        document.getFeature().ifPresent(feature -> place(feature, places, lines));
        for (Envelope envelope : envelopes) {
            if (envelope.getPickle().isPresent()) {
                Pickle pickle = envelope.getPickle().get();
                scenarios.put(
                        nodes.line(pickle),
                        pickle.getSteps().stream().map(places::of).toList());
                tags.put(
                        nodes.line(pickle),
                        pickle.getTags().stream()
                                .map(tag -> located(tag.getName(), nodes.location(tag), lines))
                                .toList());
            }
        }
    }

    private void place(Feature feature, StepPlaces places, TextLines lines) {
        Location location = feature.getLocation();
        head = lines.from(location.getLine(), location.getColumn().orElse(1L));
        feature.getTags().forEach(tag -> ownTags.add(located(tag.getName(), tag.getLocation(), lines)));
        feature.getChildren().stream()
                .flatMap(child -> child.getBackground().stream())
                .flatMap(steps -> steps.getSteps().stream())
                .forEach(step -> background.add(new BackgroundStep(
                        places.of(step),
                        step.getText(),
                        step.getDocString().map(DocString::getContent),
                        step.getDocString().flatMap(DocString::getMediaType).orElse(""),
                        step.getDataTable().map(FeatureFile::values).orElse(List.of()))));
    }

    private static List<List<String>> values(DataTable table) {
        return table.getRows().stream()
                .map(row -> row.getCells().stream().map(TableCell::getValue).toList())
                .toList();
    }

    private static Located<String> located(String tag, Location location, TextLines lines) {
        return new Located<>(
                tag, lines.at(location.getLine(), location.getColumn().orElse(1L), tag.length()));
    }

    private static void report(ParseError error, TextLines lines, DiagnosticSink sink) {
        Location location = error.getSource().getLocation().orElse(new Location(1L, 1L));
        SourceSpan span =
                lines.from(location.getLine(), Math.max(1L, location.getColumn().orElse(1L)));
        sink.add(DiagnosticId.SOURCE_SYNTAX, span, GherkinMessage.of(error.getMessage()));
    }
}
