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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which permissions apply to a dataplane, and in which order. */
class PolicyMatchingConformanceTest {
    /** What a deployment variant gives all policies of a case; the recorded case has it only in what it expects. */
    private static final List<String> OF_THE_VARIANT =
            List.of(KumaLabels.ORIGIN, KumaLabels.ZONE, KumaLabels.NAMESPACE, KumaLabels.POLICY_ROLE);

    @Test
    void permissionsMatchADataplaneAsInKuma() throws IOException {
        ConformanceArea.of("policy-matching").verify(one -> check(one, Target.KUMA_3));
    }

    @Test
    void permissionsMatchADataplaneAsInEachDeploymentOfKuma() throws IOException {
        ConformanceArea.of("policy-matching-dataplane-kind").verify(one -> check(one, Target.KUMA_3));
    }

    @Test
    void permissionsMatchADataplaneByTagsAsInKumaUpTo214() throws IOException {
        ConformanceArea.of("policy-matching-v214").verify(one -> check(one, Target.KUMA_2_14));
    }

    private static void check(Case one, Target target) throws IOException {
        JsonNode golden = one.yaml("golden.yaml");
        JsonNode items = golden.path("items");
        Map<String, String> labels = RecordedResources.strings(items.path(0).path("labels"));
        Map<String, String> ofVariant = new TreeMap<>(labels);
        ofVariant.keySet().retainAll(OF_THE_VARIANT);

        List<Resource> resources = new ArrayList<>();
        List<JsonNode> policies = one.yamls("policies.yaml");
        // All kinds of policies are matched alike; a case is about the kind it expects.
        String type = items.path(0)
                .path("type")
                .asText(policies.getFirst().path("type").asText());
        Map<String, String> displayNames = new TreeMap<>();
        for (JsonNode policy : policies) {
            displayNames.put(policy.path("name").asText(), displayName(policy));
            if (policy.path("type").asText().equals(type)) {
                resources.add(RecordedResources.permission(policy, ofVariant));
            }
        }
        Map<String, String> namespace = new TreeMap<>(ofVariant);
        namespace.keySet().retainAll(List.of(KumaLabels.NAMESPACE));
        resources.add(RecordedResources.dataplane(one.yaml("dataplane.yaml"), namespace));
        ModelOptions options =
                ModelFixture.OPTIONS.withTarget(target).withZone(labels.getOrDefault(KumaLabels.ZONE, "default"));
        DiagnosticSink diagnostics = new DiagnosticSink();
        MeshModel model = ModelBuilder.build(resources, options, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();

        Mesh mesh = model.meshes().getFirst();
        PermissionSelection selection = new PermissionSelection(mesh);
        Workload workload = mesh.workloads().getFirst();
        if (golden.has("items")) {
            List<Permission> selected = mesh.permissions().stream()
                    .filter(permission -> workload.inbounds().stream()
                            .anyMatch(inbound ->
                                    selection.select(workload, inbound).contains(permission)))
                    .toList();
            List<String> recorded = new ArrayList<>();
            items.forEach(item -> recorded.add(displayName(item)));
            assertThat(selected.stream()
                            .map(permission -> displayNames.get(permission.name()))
                            .toList())
                    .isEqualTo(recorded);
            return;
        }
        assertThat(golden.has("InboundRules")).as("recorded for each inbound").isTrue();
        for (Inbound inbound : workload.inbounds()) {
            String place = "1.1.1.1:" + inbound.port();
            // The rules of each inbound, merged: they tell whose they are, and no more the order.
            Set<String> recorded = new TreeSet<>();
            golden.path("InboundRules")
                    .path(place)
                    .forEach(rule -> recorded.add(
                            rule.path("origin").path("Resource").path("name").asText()));
            golden.path("Rules")
                    .path(place)
                    .forEach(rule -> rule.path("Origin")
                            .forEach(origin -> recorded.add(origin.path("name").asText())));
            assertThat(selection.select(workload, inbound))
                    .extracting(Permission::name)
                    .as(place)
                    .containsExactlyInAnyOrderElementsOf(recorded);
        }
    }

    private static String displayName(JsonNode item) {
        return item.path("labels")
                .path(KumaLabels.DISPLAY_NAME)
                .asText(item.path("name").asText());
    }
}
