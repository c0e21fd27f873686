package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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
import org.jspecify.annotations.Nullable;
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
        ConformanceArea.of("inbound-rules").verify(one -> checkOrder(one, Target.KUMA_3));
    }

    @Test
    void policiesAreOrderedByTheirRole() throws IOException {
        ConformanceArea.of("inbound-rules-v214").verify(one -> checkOrder(one, Target.KUMA_2_14));
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
        Mesh mesh = mesh(resources, Target.KUMA_3);
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

    // Every policy that a control plane has says its origin; the recorded ones come without.
    private static Resource permission(JsonNode resource) {
        return RecordedResources.permission(resource, Map.of(KumaLabels.ORIGIN, "none"));
    }

    private static void checkOrder(Case one, Target target) throws IOException {
        List<Resource> resources = new ArrayList<>();
        List<JsonNode> tls = new ArrayList<>();
        for (JsonNode resource : one.yamls("input.yaml")) {
            if (!resource.path("spec").has("to")) {
                resources.add(permission(resource));
            }
            if (resource.path("type").asText().equals("MeshTLS")) {
                tls.add(resource);
            }
        }
        assertThat(one.has("rules.golden.yaml")).as("recorded as rules").isTrue();
        JsonNode rules = one.yaml("rules.golden.yaml").path("rules");
        List<String> recorded = new ArrayList<>();
        rules.forEach(rule ->
                recorded.add(rule.path("origin").path("Resource").path("name").asText()));
        List<Permission> ordered =
                resources.isEmpty() ? List.of() : mesh(resources, target).permissions();
        assertThat(ordered).extracting(Permission::name).isEqualTo(recorded);
        if (!tls.isEmpty()) {
            String mode = rules.path(rules.size() - 1).path("conf").path("mode").asText();
            assertThat(merged(tls, target)).isEqualTo(mode.equals("Permissive"));
        }
    }

    private static @Nullable Boolean merged(List<JsonNode> policies, Target target) throws IOException {
        List<Resource> resources = new ArrayList<>();
        policies.forEach(policy -> resources.add(RecordedResources.meshTls(policy)));
        String mesh = policies.getFirst().path("mesh").asText();
        resources.add(RecordedResources.dataplane(
                new YAMLMapper().readTree("{name: dp, mesh: " + mesh + ", networking: {inbound: [{port: 80}]}}"),
                Map.of()));
        return mesh(resources, target).workloads().getFirst().tls().getFirst().permissive();
    }

    private static Mesh mesh(List<Resource> resources, Target target) {
        ModelOptions options = ModelFixture.OPTIONS.withTarget(target).withZone("zone-1");
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
            case CallerPattern.IdSegments segments -> "segments " + segments.segments();
            case CallerPattern.OfWorkloads workloads -> "workloads";
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
