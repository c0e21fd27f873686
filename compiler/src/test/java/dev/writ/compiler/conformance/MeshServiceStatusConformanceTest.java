package dev.writ.compiler.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.model.MeshService;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.TestCertificates;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The status of a MeshService, as Kuma's own tests give it. They were transcribed as calls of builders: a mesh {@code test} in the
 * zone {@code east}, in which the MeshIdentity of the builder has the trust domain {@code test.east.mesh.local}.
 */
final class MeshServiceStatusConformanceTest {
    private static final ModelOptions OPTIONS =
            ModelOptions.DEFAULT.withTarget(Target.KUMA_3).withZone("east");

    @Test
    void servicesAreReadyForTlsWhenKumaSaysSo() throws IOException {
        ConformanceArea.of("meshservice-identities").verify(MeshServiceStatusConformanceTest::check);
    }

    private static void check(Case one) throws IOException {
        JsonNode given = one.yaml("case.yaml").path("raw").get(0);
        StringBuilder input = new StringBuilder("""
                type: Mesh
                name: test
                meshServices: {mode: Exclusive}
                """);
        input.append(service(given));
        if (given.has("dppLabels")) {
            input.append(dataplane(given.path("dppLabels")));
        }
        given.path("meshIdentities")
                .forEach(identity -> input.append(
                        identity(argument(identity, "WithSelector").get(0).path("MatchLabels"))));
        given.path("meshTrusts")
                .forEach(trust -> input.append(
                        trust(argument(trust, "WithTrustDomain").get(0).asText())));
        Compilation compiled =
                PolicyCompiler.compile(List.of(new SourceFile("input.yaml", input.toString())), List.of(), OPTIONS);
        MeshService service = compiled.model().meshes().stream()
                .flatMap(mesh -> mesh.services().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError(input.toString() + compiled.diagnostics()));
        assertThat(service.tlsReady())
                .isEqualTo(given.path("expectedTLSStatus").asText().equals("meshservice_api.TLSReady"));
        if (given.path("expectedDpProxies").path("Total").asInt(-1) == 0) {
            assertThat(service.spiffeIds()).isEmpty();
            assertThat(service.serviceTags()).isEmpty();
        }
    }

    /** What a builder in a chain of calls was told. */
    private static JsonNode argument(JsonNode built, String builder) {
        for (JsonNode call : built.path("$chain")) {
            if (call.has(builder)) {
                return call.path(builder);
            }
        }
        throw new AssertionError(builder + " is not called in " + built);
    }

    private static String service(JsonNode given) {
        String status = given.path("existingTLSStatus").asText();
        return """
                ---
                type: MeshService
                mesh: test
                name: backend
                spec:
                  selector: {dataplaneLabels: {matchLabels: {app: test}}}
                  ports: [{port: 80, targetPort: 80, appProtocol: http}]
                """ + (status.isEmpty() ? "" : "status: {tls: {status: Ready}}\n");
    }

    private static String dataplane(JsonNode labels) {
        return """
                ---
                type: Dataplane
                mesh: test
                name: dp-1
                labels: %s
                networking:
                  address: 127.0.0.1
                  inbound: [{port: 80, name: http, protocol: http, tags: {kuma.io/service: backend}}]
                """.formatted(labels);
    }

    private static String identity(JsonNode matchLabels) {
        return """
                ---
                type: MeshIdentity
                mesh: test
                name: identity
                spec:
                  selector: {dataplane: {matchLabels: %s}}
                  spiffeID: {path: '/sa/{{ label "k8s.kuma.io/service-account" }}'}
                  provider:
                    type: Bundled
                    bundled:
                      meshTrustCreation: Disabled
                      insecureAllowSelfSigned: true
                      autogenerate: {enabled: true}
                """.formatted(matchLabels);
    }

    private static String trust(String trustDomain) {
        return """
                ---
                type: MeshTrust
                mesh: test
                name: trust
                spec:
                  trustDomain: %s
                  caBundles:
                  - type: Pem
                    pem:
                      value: |
                %s
                """.formatted(trustDomain, TestCertificates.FIRST.indent(8));
    }
}
