package dev.writ.compiler.envoy.kuma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.TlsPolicy;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The secrets that Kuma sends, and the cluster of a SPIRE agent. */
class SecretsConformanceTest {
    private static final String ID = "spiffe://default/workload/backend";
    private static final IdentityProvider SPIRE = new IdentityProvider.Spire(Duration.ofSeconds(1));

    @Test
    void trustDomainsBecomeOneBundle() throws IOException {
        ConformanceArea.of("meshtrust-secrets").verify(one -> {
            JsonNode setting = one.yaml("case.yaml");
            Map<String, List<String>> cas = new TreeMap<>();
            setting.path("casByTrustDomain").properties().forEach(domain -> {
                List<String> texts = new ArrayList<>();
                domain.getValue().forEach(ca -> texts.add(ca.asText()));
                cas.put(domain.getKey(), texts);
            });
            WorkloadIdentity identity =
                    switch (setting.path("workloadIdentityManagementMode").asText()) {
                        case "External" -> KumaModels.issued("kri", SPIRE, ID);
                        case "Kuma" -> KumaModels.issued("kri", KumaModels.BUNDLED, ID);
                        default -> KumaModels.none();
                    };

            List<Secret> predicted = secrets(identity, cas, false).stream()
                    .filter(secret -> !secret.hasTlsCertificate())
                    .toList();

            assertThat(predicted)
                    .isEqualTo(KumaModels.golden(one, "secrets.golden.yaml").secrets());
        });
    }

    @Test
    void builtinMtlsHasTwoSecrets() throws IOException {
        ConformanceArea.of("secrets-legacy-v214").verify(one -> {
            boolean withIdentity = one.name().endsWith("workload-identity");
            WorkloadIdentity identity =
                    withIdentity ? KumaModels.issued("kri", KumaModels.BUNDLED, ID) : KumaModels.none();

            List<Secret> predicted = secrets(identity, Map.of(), true).stream()
                    .filter(secret -> !secret.getName().equals("kri"))
                    .toList();

            ProxyConfig recorded = KumaModels.golden(one, "secrets.golden.yaml");
            assertThat(predicted.stream().map(Secret::getName).map(name -> name.replace(":default", ":mesh-1")))
                    .isEqualTo(recorded.secrets().stream().map(Secret::getName).toList());
            for (int i = 0; i < predicted.size(); i++) {
                WholeMessages.assertSame(
                        predicted.get(i).getName(),
                        ModelledConfig.certificates(predicted.get(i)),
                        ModelledConfig.certificates(recorded.secrets().get(i)));
            }
        });
    }

    @Test
    void aSpireAgentIsReachedByItsSocket() throws IOException {
        ConformanceArea.of("meshidentity-spire-provider").verify(SecretsConformanceTest::spire);
    }

    private static void spire(Case one) throws IOException {
        JsonNode setting = one.yaml("case.yaml");
        JsonNode expected = setting.path("expected");
        if (expected.path("identity").isNull()) {
            assertThat(setting.path("environment").asText()).isEqualTo("kubernetes");
            assertThat(Credentials.of(mesh(KumaModels.none(), Map.of(), false), workload(KumaModels.none())))
                    .isEmpty();
            return;
        }
        Duration timeout = Duration.parse("PT" + setting.path("agentTimeout").asText());
        String id = expected.path("tlsCertificateSds").path("name").asText();
        Credentials.OfSpire spire = new Credentials.OfSpire(new IdentityProvider.Spire(timeout), id);

        Cluster predicted = KumaClusters.spireAgent(
                spire, setting.path("dpMetadataSpireSocketPath").asText());

        assertThat(predicted)
                .isEqualTo(KumaModels.golden(one, "clusters.golden.yaml")
                        .clusters()
                        .getFirst());
        assertThat(spire.certificate().getName()).isEqualTo(id);
        assertThat(spire.validation().getName())
                .isEqualTo(expected.path("validationContextSds").path("name").asText());
        assertThat(spire.validation().getSdsConfig().toString())
                .contains(expected.path("validationContextSds").path("cluster").asText());
    }

    private static List<Secret> secrets(WorkloadIdentity identity, Map<String, List<String>> cas, boolean builtin) {
        Workload workload = workload(identity);
        Mesh mesh = mesh(identity, cas, builtin);
        Optional<Credentials> credentials = Credentials.of(mesh, workload);
        return KumaSecrets.of(mesh, workload, credentials);
    }

    private static Workload workload(WorkloadIdentity identity) {
        return KumaModels.workload(identity, List.of(KumaModels.tcp(8080, Map.of())), List.of(), TlsPolicy.NONE);
    }

    private static Mesh mesh(WorkloadIdentity identity, Map<String, List<String>> cas, boolean builtin) {
        return KumaModels.mesh(workload(identity), cas, builtin ? KumaModels.builtin(false) : null);
    }

    @Test
    void whatAProviderAddsIsSent() throws IOException {
        ConformanceArea.of("meshidentity-secrets-generator").verify(one -> {
            WorkloadIdentity identity =
                    KumaModels.issued("kri_mid_default_zone-1__my-identity_", KumaModels.BUNDLED, ID);
            ProxyConfig recorded = KumaModels.golden(one, "secrets.golden.yaml");

            KumaSnapshot predicted = KumaModels.emit(mesh(identity, Map.of(), false), Target.KUMA_3);

            // The case's provider adds a secret of its own making; Writ's providers add the SVID.
            assertThat(predicted.secrets()).hasSameSizeAs(recorded.secrets());
            assertThat(predicted.secrets().getFirst().hasTlsCertificate()).isTrue();
        });
    }
}
