package dev.writ.runtime.testing.feature;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Background;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.FeatureChild;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleTable;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.Rule;
import io.cucumber.messages.types.RuleChild;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of a scenario up to a line, with all that an outline's row puts in, for who writes another scenario that begins alike.
 *
 * @param language of the feature: {@code en}
 * @param rule the name of the Gherkin rule that the scenario is in; empty for none
 * @param tags those it has, from its rule and its feature too, {@code @} included
 */
public record WrittenSteps(String language, String feature, String rule, List<String> tags, List<WrittenStep> steps) {
    public WrittenSteps {
        tags = List.copyOf(tags);
        steps = List.copyOf(steps);
    }

    /** Where a step stands. */
    public enum Place {
        FEATURE,
        RULE,
        SCENARIO
    }

    /**
     * A step.
     *
     * @param docString its doc string's content
     * @param mediaType of the doc string; empty where it says none
     * @param table the cells of its table; empty where it has none
     */
    public record WrittenStep(
            Place place, String text, Optional<String> docString, String mediaType, List<List<String>> table) {
        public WrittenStep {
            table = table.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Those of the scenario that stands at a line; for a row of an outline's examples, the row's line. Empty if none does, or the text
     * is no feature.
     *
     * @param end the line of the first step that is left out
     */
    public static Optional<WrittenSteps> of(String text, long line, long end) {
        List<Envelope> envelopes = GherkinParser.builder()
                .includeSource(false)
                .build()
                .parse("a.feature", text.getBytes(StandardCharsets.UTF_8))
                .toList();
        Optional<GherkinDocument> document = envelopes.stream()
                .flatMap(envelope -> envelope.getGherkinDocument().stream())
                .findFirst();
        Optional<Feature> feature = document.flatMap(GherkinDocument::getFeature);
        if (document.isEmpty() || feature.isEmpty()) {
            return Optional.empty();
        }
        FeatureNodes nodes = FeatureNodes.of(document.get());
        Reading reading = new Reading(nodes, end);
        feature.get().getChildren().forEach(reading::add);
        return envelopes.stream()
                .flatMap(envelope -> envelope.getPickle().stream())
                .filter(pickle -> nodes.line(pickle) == line)
                .findFirst()
                .map(pickle -> reading.steps(feature.get(), pickle));
    }

    /** A feature that is read. */
    private static final class Reading {
        private final FeatureNodes nodes;
        private final long end;
        private final Map<String, Place> places = new HashMap<>();
        private final Map<String, String> rules = new HashMap<>();

        Reading(FeatureNodes nodes, long end) {
            this.nodes = nodes;
            this.end = end;
        }

        void add(FeatureChild child) {
            child.getBackground().ifPresent(background -> add(background, Place.FEATURE));
            child.getRule().ifPresent(rule -> rule.getChildren().forEach(inside -> add(inside, rule)));
        }

        private void add(RuleChild child, Rule rule) {
            child.getBackground().ifPresent(background -> add(background, Place.RULE));
            child.getScenario().map(Scenario::getId).ifPresent(id -> rules.put(id, rule.getName()));
        }

        private void add(Background background, Place place) {
            background.getSteps().forEach(step -> places.put(step.getId(), place));
        }

        WrittenSteps steps(Feature feature, Pickle pickle) {
            List<WrittenStep> steps = new ArrayList<>();
            for (PickleStep taken : pickle.getSteps()) {
                Step step = nodes.step(taken);
                Place place = places.getOrDefault(step.getId(), Place.SCENARIO);
                if (place != Place.SCENARIO || step.getLocation().getLine() < end) {
                    steps.add(written(taken, step, place));
                }
            }
            return new WrittenSteps(
                    feature.getLanguage(),
                    feature.getName(),
                    rules.getOrDefault(pickle.getAstNodeIds().getFirst(), ""),
                    pickle.getTags().stream().map(PickleTag::getName).toList(),
                    steps);
        }

        private static WrittenStep written(PickleStep taken, Step step, Place place) {
            var argument = taken.getArgument();
            return new WrittenStep(
                    place,
                    taken.getText(),
                    argument.flatMap(one -> one.getDocString()).map(text -> text.getContent()),
                    step.getDocString().flatMap(text -> text.getMediaType()).orElse(""),
                    argument.flatMap(one -> one.getDataTable())
                            .map(Reading::cells)
                            .orElse(List.of()));
        }

        private static List<List<String>> cells(PickleTable table) {
            return table.getRows().stream()
                    .map(row ->
                            row.getCells().stream().map(cell -> cell.getValue()).toList())
                    .toList();
        }
    }
}
