package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.conformance.RecordedResources;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.syntax.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which MeshIdentity a dataplane gets. */
class IdentitySelectionConformanceTest {

    @Test
    void theIdentityThatKumaSelectsIsSelected() throws IOException {
        ConformanceArea.of("meshidentity-selection").verify(IdentitySelectionConformanceTest::check);
    }

    private static void check(Case one) throws IOException {
        JsonNode recorded = one.yaml("case.yaml");
        List<Resource> resources = new ArrayList<>();
        for (JsonNode identity : recorded.path("meshIdentities")) {
            JsonNode matchLabels = identity.path("matchLabels");
            resources.add(RecordedResources.identity(
                    identity.path("name").asText(),
                    Map.of(),
                    matchLabels.isObject() ? RecordedResources.strings(matchLabels) : null));
        }
        ModelOptions options = new ModelOptions("default", List.of("kuma-system"), null, false, List.of());
        DiagnosticSink diagnostics = new DiagnosticSink();
        List<BoundIdentity> identities = new IdentityBinder(options, new ZoneFilter(options), diagnostics)
                .bind(Sources.of(resources, options, diagnostics))
                .getOrDefault("default", List.of());
        assertThat(diagnostics.sorted()).isEmpty();

        String expected = recorded.path("expectedIdentity").isTextual()
                ? recorded.path("expectedIdentity").asText()
                : null;
        assertThat(new IdentitySelection(identities)
                        .select(new TreeMap<>(RecordedResources.strings(recorded.path("dataplaneLabels"))))
                        .map(BoundIdentity::name)
                        .orElse(null))
                .isEqualTo(expected);
    }
}
