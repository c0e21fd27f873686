package dev.writ.compiler.check;

import static dev.writ.compiler.check.Manifests.underlined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpireMismatchTest {
    private static final String TEMPLATE =
            "spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}";

    @Test
    void aRegistrationThatAgreesIsNoFinding() {
        assertThat(mesh().raw(registration("podSelector: { matchLabels: { kuma.io/mesh: default } }", TEMPLATE))
                        .all())
                .isEmpty();
    }

    @Test
    void withoutAnyRegistrationAmongTheSourcesNothingIsSaid() {
        assertThat(mesh().all()).isEmpty();
    }

    @Test
    void podsThatNoRegistrationSelectsAreWarnedAbout() {
        for (String selector : List.of(
                "podSelector: { matchLabels: { app: kv } }",
                "podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [web] }] }",
                "namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } }",
                "workloadSelectorTemplates: ['k8s:ns:other']",
                "workloadSelectorTemplates: ['k8s:ns:{{ .PodMeta.Namespace }}', 'k8s:pod-label:app:kv']")) {
            assertThat(mesh().raw(registration(selector, TEMPLATE)).all())
                    .as(selector)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.id()).isEqualTo(DiagnosticId.TRUST_SPIRE_MISMATCH);
                        assertThat(underlined(finding)).isEqualTo("web");
                        assertThat(finding.message()).startsWith("no ClusterSPIFFEID selects `shop/web`");
                    });
        }
    }

    @Test
    void aSelectorThatTheSourcesCannotDecideIsNoFinding() {
        for (String selector : List.of(
                "workloadSelectorTemplates: ['k8s:container-name:kuma-sidecar']",
                "podSelector: { matchExpressions: [{ key: app, operator: Exists }] }",
                "workloadSelectorTemplates: ['k8s:node-name:{{ .PodSpec.NodeName }}']")) {
            assertThat(mesh().raw(registration(selector, TEMPLATE)).all())
                    .as(selector)
                    .isEmpty();
        }
    }

    @Test
    void aRegistrationOfAnotherSpiffeIdIsWarnedAbout() {
        String path = "spiffe://{{ .TrustDomain }}/{{ .PodMeta.Namespace }}/{{ index .PodMeta.Labels \"app\" }}";
        assertThat(mesh().raw(registration("", path)).all()).singleElement().satisfies(finding -> {
            assertThat(underlined(finding)).isEqualTo("'" + path + "'");
            assertThat(finding.message())
                    .contains("as `spiffe://mesh.example/shop/web`", "asks for `spiffe://mesh.example/ns/shop/sa/web`");
        });
    }

    @Test
    void oneRegistrationOfSeveralThatAgreesIsEnough() {
        assertThat(mesh().raw(registration("", "spiffe://{{ .TrustDomain }}/other"))
                        .raw(registration("", TEMPLATE).replace("name: registration", "name: second"))
                        .all())
                .isEmpty();
    }

    @Test
    void aPodsNameIsNotKnownSoThatAnIdWithItMayAgree() {
        assertThat(mesh().raw(registration("", "spiffe://{{ .TrustDomain }}/{{ .PodMeta.Name }}"))
                        .all())
                .isEmpty();
    }

    @Test
    void aTrustDomainThatIsNotThatOfTheServerIsWarnedAbout() {
        assertThat(mesh().all(withServer("spire.example"))).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.TRUST_SPIRE_MISMATCH);
            assertThat(underlined(finding)).isEqualTo("mesh.example");
            assertThat(finding.message())
                    .isEqualTo("the trust domain of SPIRE is `spire.example`, and this gives `mesh.example`");
        });
        assertThat(mesh().all(withServer("mesh.example"))).isEmpty();
    }

    @Test
    void podsWithoutTheSocketOfTheAgentHaveNoIdentity() {
        String manifest = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                  namespace: shop
                  labels: { kuma.io/sidecar-injection: enabled }
                  annotations: { k8s.kuma.io/spire-support: %s }
                spec:
                  containers: [{ name: c, image: i, ports: [{ containerPort: 8080 }] }]
                """;
        assertThat(identity().raw(manifest.formatted("disabled")).all())
                .extracting(Diagnostic::id, Manifests::underlined)
                .containsExactly(tuple(DiagnosticId.TRUST_SPIRE_MISMATCH, "disabled"));
        assertThat(identity().raw(manifest.formatted("enabled")).all()).isEmpty();
    }

    private static ModelOptions withServer(String trustDomain) {
        return ModelOptions.DEFAULT.withTarget(Target.KUMA_3).withSpireTrustDomain(trustDomain);
    }

    private static Manifests mesh() {
        return identity().workload("shop", "web", "web");
    }

    private static Manifests identity() {
        return new Manifests().raw("""
                apiVersion: kuma.io/v1alpha1
                kind: MeshIdentity
                metadata: { name: spire, namespace: kuma-system }
                spec:
                  selector: { dataplane: { matchLabels: {} } }
                  spiffeID: { trustDomain: mesh.example, path: '/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}' }
                  provider: { type: Spire, spire: {} }
                """);
    }

    private static String registration(String selectors, String template) {
        return """
                apiVersion: spire.spiffe.io/v1alpha1
                kind: ClusterSPIFFEID
                metadata: { name: registration }
                spec:
                  spiffeIDTemplate: '%s'
                  %s
                """.formatted(template, selectors);
    }
}
