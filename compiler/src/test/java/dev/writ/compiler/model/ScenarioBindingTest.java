package dev.writ.compiler.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a live control plane made of the resources it was given: labels, tags and names of policies in its config. */
class ScenarioBindingTest {
    private static final Path SCENARIOS =
            Path.of(requireNonNull(System.getProperty("writ.root")), "..", "shared", "kuma", "scenarios");

    @Test
    void dataplanesHaveTheLabelsOrTagsThatARealControlPlaneGaveThem() throws IOException {
        int compared = 0;
        for (Path scenario : scenarios()) {
            for (Workload workload : model(scenario).workloads()) {
                JsonNode xds = xds(scenario, workload);
                List<Map<String, String>> recorded = new ArrayList<>();
                xds.findValues("io.kuma.tags").forEach(tags -> recorded.add(strings(tags)));
                recorded.removeIf(tags -> tags.containsKey("kuma.io/unified-name"));
                recorded.forEach(tags -> assertThat(
                                isKuma2(scenario)
                                        ? workload.inbounds().getFirst().tags()
                                        : workload.labels())
                        .as(scenario + " " + workload.key())
                        .isEqualTo(tags));
                compared += recorded.size();
            }
        }
        assertThat(compared).isGreaterThan(40);
    }

    @Test
    void permissionsHaveTheNamesThatARealControlPlaneCallsThemBy() throws IOException {
        int compared = 0;
        for (Path scenario : scenarios()) {
            MeshModel model = model(scenario);
            List<String> ours = model.meshes().stream()
                    .flatMap(mesh -> mesh.permissions().stream())
                    .map(Permission::kri)
                    .toList();
            for (Workload workload : model.workloads()) {
                List<String> theirs = xds(scenario, workload).findValuesAsText("name").stream()
                        .filter(name -> name.startsWith("kri_mtp_"))
                        .distinct()
                        .toList();
                assertThat(ours).as(scenario.toString()).containsAll(theirs);
                compared += theirs.size();
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    private static List<Path> scenarios() throws IOException {
        if (!Files.isDirectory(SCENARIOS)) {
            Assumptions.abort("no recorded scenarios");
        }
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static boolean isKuma2(Path scenario) {
        return scenario.getFileName().toString().startsWith("v214-");
    }

    private static MeshModel model(Path scenario) throws IOException {
        SourceFile input = new SourceFile("input.yaml", Files.readString(scenario.resolve("input.yaml")));
        List<Resource> resources = new ResourceReader().read(input, new DiagnosticSink());
        ModelOptions options = ModelFixture.OPTIONS.withTarget(isKuma2(scenario) ? Target.KUMA_2_14 : Target.KUMA_3);
        return ModelBuilder.build(new ArrayList<>(resources), options, new DiagnosticSink());
    }

    private static JsonNode xds(Path scenario, Workload workload) throws IOException {
        return new ObjectMapper()
                .readTree(scenario.resolve("xds-" + workload.key().name() + ".json")
                        .toFile());
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new TreeMap<>();
        node.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }
}
