package dev.writ.runtime.testing;

import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.plugin.event.Location;
import io.cucumber.plugin.event.Node;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A scenario that a run is to judge; of an outline, one row of its examples.
 *
 * @param file as the user of the run knows it
 * @param line of the scenario, or of its row
 * @param feature the name of its feature
 * @param rule the name of the rule that it stands under, if any
 */
public record ScheduledScenario(
        URI uri,
        String file,
        int line,
        int column,
        String feature,
        Optional<String> rule,
        String name,
        List<String> tags) {
    public ScheduledScenario {
        tags = List.copyOf(tags);
    }

    static ScheduledScenario of(Feature feature, Pickle pickle, String file) {
        Location location = pickle.getLocation();
        Optional<String> rule = feature.findPathTo(node -> node.getLocation().equals(location))
                .flatMap(path ->
                        path.stream().filter(Node.Rule.class::isInstance).findFirst())
                .flatMap(Node::getName);
        return new ScheduledScenario(
                pickle.getUri(),
                file,
                location.getLine(),
                location.getColumn(),
                feature.getName().orElse(""),
                rule,
                pickle.getName(),
                pickle.getTags());
    }
}
