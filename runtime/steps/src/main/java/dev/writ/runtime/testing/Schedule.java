package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import io.cucumber.core.feature.FeatureParser;
import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.filter.Filters;
import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.options.RuntimeOptions;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.resource.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The scenarios that a run has, before it begins: Cucumber's own filters say which. */
final class Schedule {
    private final List<Feature> features = new ArrayList<>();
    private final List<ScheduledScenario> scenarios = new ArrayList<>();

    private Schedule() {}

    /** A line of which nothing is run is reported. */
    static Schedule of(Map<Path, FeatureFiles.Chosen> files, RuntimeOptions options, DiagnosticSink sink) {
        FeatureParser parser = new FeatureParser(UUID::randomUUID);
        Filters filters = new Filters(options);
        Schedule schedule = new Schedule();
        files.forEach((path, chosen) -> {
            Optional<Feature> parsed = parser.parseResource(new FeatureResource(path));
            List<Pickle> pickles = parsed.map(Feature::getPickles).orElse(List.of());
            chosen.lines().forEach(line -> requireScenario(path.toUri(), line, chosen.name(), pickles, sink));
            parsed.ifPresent(feature -> {
                schedule.features.add(feature);
                pickles.stream()
                        .filter(filters)
                        .map(pickle -> ScheduledScenario.of(feature, pickle, chosen.name()))
                        .forEach(schedule.scenarios::add);
            });
        });
        return schedule;
    }

    private record FeatureResource(Path path) implements Resource {
        @Override
        public URI getUri() {
            return path.toUri();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return Files.newInputStream(path);
        }
    }

    List<Feature> features() {
        return List.copyOf(features);
    }

    /** In the order of the features as they were named, and of the scenarios in each. */
    List<ScheduledScenario> scenarios() {
        return List.copyOf(scenarios);
    }

    private static void requireScenario(URI uri, int line, String name, List<Pickle> pickles, DiagnosticSink sink) {
        Filters ofLine = new Filters(new RuntimeOptionsBuilder()
                .addFeature(FeatureWithLines.create(uri, List.of(line)))
                .build());
        if (pickles.stream().noneMatch(ofLine)) {
            String known = pickles.stream()
                    .map(pickle -> String.valueOf(pickle.getScenarioLocation().getLine()))
                    .distinct()
                    .collect(Collectors.joining(", "));
            sink.add(
                    DiagnosticId.SOURCE_UNREADABLE,
                    null,
                    "the feature `" + name + "` has no scenario, examples or rule at line " + line,
                    known.isEmpty() ? "it has no scenario at all" : "its scenarios stand at " + known);
        }
    }
}
