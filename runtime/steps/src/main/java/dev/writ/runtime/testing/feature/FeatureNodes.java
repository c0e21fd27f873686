package dev.writ.runtime.testing.feature;

import io.cucumber.messages.types.Background;
import io.cucumber.messages.types.Examples;
import io.cucumber.messages.types.FeatureChild;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Location;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.RuleChild;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Step;
import io.cucumber.messages.types.TableCell;
import io.cucumber.messages.types.TableRow;
import io.cucumber.messages.types.Tag;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a Gherkin document by their ids, which is how the scenarios to run (pickles) refer to them. */
final class FeatureNodes {
    private final Map<String, Step> steps = new HashMap<>();
    private final Map<String, Long> lines = new HashMap<>();
    private final Map<String, Map<String, String>> rows = new HashMap<>();
    private final Map<String, Location> tags = new HashMap<>();

    private FeatureNodes() {}

    static FeatureNodes of(GherkinDocument document) {
        FeatureNodes nodes = new FeatureNodes();
        document.getFeature().ifPresent(feature -> {
            nodes.addTags(feature.getTags());
            feature.getChildren().forEach(nodes::add);
        });
        return nodes;
    }

    /** All steps, in no order. */
    Collection<Step> steps() {
        return steps.values();
    }

    /** The line a scenario is known by: its own, or that of its row of examples. */
    long line(Pickle pickle) {
        List<String> ids = pickle.getAstNodeIds();
        return known(lines, ids.get(ids.size() - 1));
    }

    Step step(PickleStep step) {
        return known(steps, step.getAstNodeIds().get(0));
    }

    Location location(PickleTag tag) {
        return known(tags, tag.getAstNodeId());
    }

    /** What an outline's row puts in the place of each placeholder; empty outside outlines. */
    Map<String, String> placeholders(PickleStep step) {
        List<String> ids = step.getAstNodeIds();
        return ids.size() == 1 ? Map.of() : known(rows, ids.get(1));
    }

    private void add(FeatureChild child) {
        child.getBackground().ifPresent(this::add);
        child.getScenario().ifPresent(this::add);
        child.getRule().ifPresent(rule -> {
            addTags(rule.getTags());
            rule.getChildren().forEach(this::add);
        });
    }

    private void add(RuleChild child) {
        child.getBackground().ifPresent(this::add);
        child.getScenario().ifPresent(this::add);
    }

    private void add(Background background) {
        background.getSteps().forEach(step -> steps.put(step.getId(), step));
    }

    private void add(Scenario scenario) {
        scenario.getSteps().forEach(step -> steps.put(step.getId(), step));
        addTags(scenario.getTags());
        lines.put(scenario.getId(), scenario.getLocation().getLine());
        for (Examples examples : scenario.getExamples()) {
            addTags(examples.getTags());
            Optional<TableRow> header = examples.getTableHeader();
            for (TableRow row : examples.getTableBody()) {
                lines.put(row.getId(), row.getLocation().getLine());
                rows.put(row.getId(), values(header.orElseThrow().getCells(), row.getCells()));
            }
        }
    }

    private void addTags(List<Tag> written) {
        written.forEach(tag -> tags.put(tag.getId(), tag.getLocation()));
    }

    private static Map<String, String> values(List<TableCell> names, List<TableCell> cells) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i).getValue(), cells.get(i).getValue());
        }
        return values;
    }

    private static <T> T known(Map<String, T> parts, String id) {
        T part = parts.get(id);
        if (part == null) {
            throw new IllegalStateException("a scenario refers to the unknown part " + id);
        }
        return part;
    }
}
