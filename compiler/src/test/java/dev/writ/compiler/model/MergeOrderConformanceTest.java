package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.conformance.RecordedResources;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.syntax.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * In which order the permissions of an inbound come, and with which rules. The names of matchers, their actions and the SPIFFE
 * IDs in them are compared; SNI is not modelled yet, and the recorded default of the shadow rules is Kuma's own.
 */
class MergeOrderConformanceTest {

    @Test
    void anInboundHasTheRulesThatARealControlPlaneSent() throws IOException {
        ConformanceArea.of("oracle-mtp-merge").verify(MergeOrderConformanceTest::checkOracle);
    }

    @Test
    void policiesAreOrderedByTheirOriginAndName() throws IOException {
        ConformanceArea.of("inbound-rules").verify(MergeOrderConformanceTest::checkOrder);
    }

    private static void checkOracle(Case one) throws IOException {
        List<Resource> resources = new ArrayList<>();
        for (JsonNode resource : one.yamls("input.yaml")) {
            switch (resource.path("type").asText()) {
                case "Dataplane" -> resources.add(RecordedResources.dataplane(resource, Map.of()));
                case "MeshIdentity" ->
                    resources.add(RecordedResources.identity(
                            resource.path("name").asText(),
                            RecordedResources.strings(resource.path("labels")),
                            Map.of()));
                case "MeshTrust" -> resources.add(RecordedResources.trust(resource));
                case "MeshTrafficPermission" -> resources.add(permission(resource));
                // How a listener admits callers is not what this area is asked about.
                case "MeshTLS" -> {}
                default -> throw new AssertionError(resource.path("type").asText());
            }
        }
        Mesh mesh = mesh(resources);
        assertThat(mesh.trusts().stream().map(MeshTrust::trustDomain)).contains("default.zone-1.mesh.local");
        PermissionSelection selection = new PermissionSelection(mesh);
        JsonNode summary = one.yaml("expected.summary.yaml");
        int compared = 0;
        for (Workload workload : mesh.workloads()) {
            for (Inbound inbound : workload.inbounds()) {
                JsonNode rbac = recorded(summary, workload.key().name() + "/self_inbound_dp_" + inbound.name() + "/");
                List<Permission> permissions = selection.select(workload, inbound);
                assertThat(enforced(permissions)).isEqualTo(matchers(rbac.path("enforced")));
                assertThat(rules(permissions, "DENY", rule -> rule.action() == Action.SHADOW_DENY))
                        .isEqualTo(matchers(rbac.path("shadow")));
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    private static Resource permission(JsonNode resource) {
        Map<String, String> labels = RecordedResources.strings(resource.path("labels"));
        // On Kubernetes every policy has an origin; the recorded ones come without.
        return RecordedResources.permission(
                resource, labels.getOrDefault(KumaLabels.NAMESPACE, "kuma-system"), Map.of(KumaLabels.ORIGIN, "none"));
    }

    private static void checkOrder(Case one) throws IOException {
        List<Resource> resources = new ArrayList<>();
        for (JsonNode resource : one.yamls("input.yaml")) {
            if (resource.path("spec").has("rules")) {
                resources.add(permission(resource));
            }
        }
        assertThat(one.has("rules.golden.yaml")).as("recorded as rules").isTrue();
        JsonNode golden = one.yaml("rules.golden.yaml");
        List<String> recorded = new ArrayList<>();
        golden.path("rules")
                .forEach(rule -> recorded.add(
                        rule.path("origin").path("Resource").path("name").asText()));
        List<Permission> ordered =
                resources.isEmpty() ? List.of() : mesh(resources).permissions();
        assertThat(ordered).extracting(Permission::name).isEqualTo(recorded);
    }

    private static Mesh mesh(List<Resource> resources) {
        ModelOptions options = new ModelOptions("zone-1", List.of("kuma-system"), null, false, List.of());
        DiagnosticSink diagnostics = new DiagnosticSink();
        MeshModel model = ModelBuilder.build(resources, options, diagnostics);
        assertThat(diagnostics.sorted())
                .allSatisfy(diagnostic -> assertThat(diagnostic.id()).isEqualTo(DiagnosticId.SOURCE_IGNORED));
        return model.meshes().getFirst();
    }

    private static JsonNode recorded(JsonNode summary, String chain) {
        for (Map.Entry<String, JsonNode> entry : summary.properties()) {
            if (entry.getKey().startsWith(chain) && entry.getValue().has("rbac")) {
                return entry.getValue().path("rbac");
            }
        }
        throw new AssertionError("no filter chain " + chain);
    }

    private static List<String> enforced(List<Permission> permissions) {
        List<String> rules = new ArrayList<>(rules(permissions, "DENY", rule -> rule.action() == Action.DENY));
        rules.addAll(rules(permissions, "ALLOW", rule -> rule.action() != Action.DENY));
        return rules;
    }

    /** One line for each entry of {@code rules[]} that has such matches, as Kuma makes one matcher of it. */
    private static List<String> rules(List<Permission> permissions, String action, Predicate<Rule> isMeant) {
        List<String> lines = new ArrayList<>();
        for (Permission permission : permissions) {
            Map<Integer, List<String>> byEntry = new LinkedHashMap<>();
            for (Action order : List.of(Action.DENY, Action.ALLOW, Action.SHADOW_DENY)) {
                permission.rules().stream()
                        .filter(isMeant)
                        .filter(rule -> rule.action() == order)
                        .forEach(rule -> byEntry.computeIfAbsent(rule.entry(), none -> new ArrayList<>())
                                .add(shown(rule.callers())));
            }
            byEntry.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> lines.add(action + " " + permission.name() + " " + entry.getValue()));
        }
        return lines;
    }

    private static String shown(CallerPattern callers) {
        return switch (callers) {
            case CallerPattern.AnyCaller any -> "any";
            case CallerPattern.NoPattern nothing -> "nothing";
            case ExactId exact -> "exact " + exact.id();
            case IdPrefix prefix -> "prefix " + prefix.prefix();
            case BelowId below -> "below " + below.id();
        };
    }

    private static List<String> matchers(JsonNode list) {
        List<String> lines = new ArrayList<>();
        for (JsonNode matcher : list.path("matchers")) {
            List<String> ids = new ArrayList<>();
            addIds(matcher.path("predicate"), ids);
            if (!ids.isEmpty()) {
                String[] kri = matcher.path("name").asText().split("_", -1);
                lines.add(matcher.path("action").asText() + " " + kri[kri.length - 2] + " " + ids);
            }
        }
        return lines;
    }

    private static void addIds(JsonNode predicate, List<String> ids) {
        JsonNode id = predicate.path("uriSan");
        for (String kind : List.of("exact", "prefix")) {
            if (id.has(kind)) {
                ids.add(kind + " " + id.path(kind).asText());
            }
        }
        predicate.path("or").forEach(inner -> addIds(inner, ids));
        predicate.path("and").forEach(inner -> addIds(inner, ids));
    }
}
