package dev.writ.compiler.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whether Kuma lets a dataplane connect that lacks the label {@code kuma.io/workload}. The cases hold no MeshIdentities (they are
 * functions in Kuma's tests); here they stand by the service of the dataplane, as the cases' names describe them.
 */
final class WorkloadLabelConformanceTest {
    private static final Map<String, String> SPIFFE_IDS = Map.of(
            "empty", "spiffeID: {path: ''}",
            "test", "",
            "web", "spiffeID: {path: '/workload/{{ .Workload }}'}",
            "whitespace-test", "spiffeID: {path: '/workload/{{.Workload}}/{{   .Workload   }}'}");

    @Test
    void dataplanesAreRefusedWhenKumaRefusesThem() throws IOException {
        ConformanceArea.of("workload-label-validator").verify(WorkloadLabelConformanceTest::check);
    }

    private static void check(Case one) throws IOException {
        JsonNode given = one.yaml("case.yaml").path("args").get(0);
        String service = given.path("dataplaneService").asText();
        StringBuilder input = new StringBuilder("""
                type: Mesh
                name: default
                meshServices: {mode: Exclusive}
                ---
                type: Dataplane
                mesh: default
                name: dp-1
                labels: %s
                networking:
                  address: 127.0.0.1
                  inbound: [{port: 80, name: http, protocol: http, tags: {kuma.io/service: %s}}]
                """.formatted(given.path("dataplaneLabels"), service));
        if (!given.path("meshIdentities").isNull()) {
            input.append("""
                    ---
                    type: MeshIdentity
                    mesh: default
                    name: mi-with-workload-label
                    spec:
                      selector: {dataplane: {matchLabels: {}}}
                      provider:
                        type: Bundled
                        bundled: {insecureAllowSelfSigned: true, autogenerate: {enabled: true}}
                    """);
            String spiffeId = SPIFFE_IDS.get(service);
            assertThat(spiffeId).as(service).isNotNull();
            input.append("  ").append(spiffeId).append('\n');
        }
        Compilation compiled = PolicyCompiler.compile(
                List.of(new SourceFile("input.yaml", input.toString())),
                List.of(),
                ModelOptions.DEFAULT.withTarget(Target.KUMA_3));
        String refused = Stream.of(compiled.model().workloads().getFirst().identity())
                .filter(WorkloadIdentity.Absent.class::isInstance)
                .map(absent -> ((WorkloadIdentity.Absent) absent).finding())
                .filter(finding -> String.valueOf(finding.help()).contains("Kuma refuses the connection"))
                .map(Object::toString)
                .findFirst()
                .orElse("");
        assertThat(!refused.isEmpty()).isEqualTo(given.path("expectError").asBoolean());
        if (!refused.isEmpty()) {
            assertThat(refused).contains("kuma.io/workload");
        }
    }
}
