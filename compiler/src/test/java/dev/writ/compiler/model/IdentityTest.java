package dev.writ.compiler.model;

import static dev.writ.compiler.model.ModelFixture.DEMO_NAMESPACE;
import static dev.writ.compiler.model.ModelFixture.IDENTITY;
import static dev.writ.compiler.model.ModelFixture.deployment;
import static dev.writ.compiler.model.ModelFixture.underlined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import org.junit.jupiter.api.Test;

/** Who is issued which SPIFFE ID, and whom the mesh trusts for it. */
class IdentityTest {
    private static final String KV = deployment("kuma-demo", "kv");

    private static String labelled(String name, String label) {
        return deployment("kuma-demo", name)
                .replace(
                        "        app: " + name + "\n    spec",
                        "        app: " + name + "\n        " + label + "\n    spec");
    }

    @Test
    void aWorkloadIsIssuedTheIdOfItsTemplates() {
        ModelFixture mesh = ModelFixture.of(DEMO_NAMESPACE, IDENTITY, KV);

        assertThat(mesh.spiffeId("kuma-demo/kv"))
                .isEqualTo("spiffe://default.default.mesh.local/ns/kuma-demo/sa/default");
        assertThat(mesh.diagnostics()).isEmpty();
        assertThat(mesh.mesh("default").identities()).singleElement().satisfies(identity -> {
            assertThat(identity.kri()).isEqualTo("kri_mid_default_default_kuma-system_identity_");
            assertThat(identity.trustDomain()).isEqualTo("default.default.mesh.local");
            assertThat(identity.notReady()).isNull();
        });
    }

    @Test
    void templatesThatAreLeftOutAreKumasDefaults() {
        String bare = IDENTITY.replaceFirst("(?s)  spiffeID:.*?  provider", "  provider");

        assertThat(ModelFixture.of(DEMO_NAMESPACE, bare, KV).spiffeId("kuma-demo/kv"))
                .isEqualTo("spiffe://default.default.mesh.local/ns/kuma-demo/sa/default");
    }

    @Test
    void aMeshIdentityOutsideTheSystemNamespaceIsRefused() {
        ModelFixture mesh = ModelFixture.of(DEMO_NAMESPACE, IDENTITY.replace("kuma-system", "kuma-demo"), KV);

        Diagnostic finding = mesh.finding(DiagnosticId.SCHEMA_INVALID_VALUE);
        assertThat(underlined(finding)).isEqualTo("kuma-demo");
        assertThat(finding.help()).contains("--system-namespace kuma-demo");
        assertThat(mesh.reason("kuma-demo/kv").id()).isEqualTo(DiagnosticId.IDENTITY_NONE_SELECTED);
        assertThat(underlined(mesh.reason("kuma-demo/kv"))).isEqualTo("kv");
    }

    @Test
    void theMostSpecificIdentityIsTakenThoughItCannotIssue() {
        String specific = IDENTITY.replace("name: identity", "name: for-kv")
                .replace("matchLabels: {}", "matchLabels: {app: kv}")
                .replace("insecureAllowSelfSigned: true", "insecureAllowSelfSigned: false");
        ModelFixture mesh =
                ModelFixture.of(DEMO_NAMESPACE, IDENTITY, specific, KV, deployment("kuma-demo", "demo-app"));

        Diagnostic reason = mesh.reason("kuma-demo/kv");
        assertThat(reason.id()).isEqualTo(DiagnosticId.IDENTITY_NOT_READY);
        assertThat(reason.message()).contains("`for-kv` cannot issue").contains("`insecureAllowSelfSigned`");
        assertThat(mesh.spiffeId("kuma-demo/demo-app")).isNotNull();
    }

    @Test
    void aSelectorWithoutDataplaneSelectsNothing() {
        String none = IDENTITY.replace("  selector:\n    dataplane:\n      matchLabels: {}\n", "");

        assertThat(ModelFixture.of(DEMO_NAMESPACE, none, KV)
                        .reason("kuma-demo/kv")
                        .id())
                .isEqualTo(DiagnosticId.IDENTITY_NONE_SELECTED);
    }

    @Test
    void anIdentityOfAnotherMeshIsNotSelected() {
        ModelFixture mesh =
                ModelFixture.of(DEMO_NAMESPACE, IDENTITY.replace("kuma.io/mesh: default", "kuma.io/mesh: other"), KV);

        assertThat(mesh.reason("kuma-demo/kv").id()).isEqualTo(DiagnosticId.IDENTITY_NONE_SELECTED);
    }

    @Test
    void anUnknownVariableIsUnderlinedInTheTemplate() {
        ModelFixture mesh = ModelFixture.of(DEMO_NAMESPACE, IDENTITY.replace(".Namespace", ".Namspace"), KV);

        Diagnostic reason = mesh.reason("kuma-demo/kv");
        assertThat(reason.id()).isEqualTo(DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE);
        assertThat(underlined(reason)).isEqualTo(".Namspace");
    }

    @Test
    void allThatIsWrongWithATemplateIsFound() {
        ModelFixture mesh = ModelFixture.of(
                DEMO_NAMESPACE,
                IDENTITY.replace(".Namespace", ".Namspace").replace(".ServiceAccount", "label \"team\""),
                KV);

        assertThat(mesh.workload("kuma-demo/kv").identity())
                .isInstanceOfSatisfying(WorkloadIdentity.Absent.class, absent -> {
                    assertThat(absent.finding().id()).isEqualTo(DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE);
                    assertThat(absent.further())
                            .extracting(Diagnostic::id)
                            .containsExactly(DiagnosticId.TEMPLATE_MISSING_LABEL);
                });
    }

    @Test
    void aTrustDomainReadsTheLabelsOfItsIdentityFirst() {
        String templated = IDENTITY.replace("'{{ .Mesh }}.{{ .Zone }}.mesh.local'", "'{{ label \"team\" }}.example'");
        String own = templated.replace("kuma.io/mesh: default", "kuma.io/mesh: default\n    team: red");

        assertThat(ModelFixture.of(DEMO_NAMESPACE, own, labelled("kv", "team: blue"))
                        .spiffeId("kuma-demo/kv"))
                .startsWith("spiffe://red.example/");
        assertThat(ModelFixture.of(DEMO_NAMESPACE, templated, labelled("kv", "team: blue"))
                        .spiffeId("kuma-demo/kv"))
                .startsWith("spiffe://blue.example/");
    }

    @Test
    void workloadsOfOneIdentityMayHaveSeveralTrustDomains() {
        String templated = IDENTITY.replace("'{{ .Mesh }}.{{ .Zone }}.mesh.local'", "'{{ label \"team\" }}.example'");
        ModelFixture mesh = ModelFixture.of(
                DEMO_NAMESPACE,
                templated,
                labelled("kv", "team: blue"),
                labelled("web", "team: red"),
                deployment("kuma-demo", "bare"));

        assertThat(mesh.spiffeId("kuma-demo/kv")).startsWith("spiffe://blue.example/");
        assertThat(mesh.spiffeId("kuma-demo/web")).startsWith("spiffe://red.example/");
        assertThat(mesh.reason("kuma-demo/bare").id()).isEqualTo(DiagnosticId.TEMPLATE_MISSING_LABEL);
        assertThat(mesh.mesh("default").trusts())
                .extracting(MeshTrust::trustDomain)
                .containsExactly("blue.example", "red.example");
        assertThat(mesh.mesh("default").identities().getFirst().trustDomain()).isNull();
    }

    @Test
    void aTrustDomainThatResolvesForNobodyKeepsItsIdentityFromBeingReady() {
        String templated = IDENTITY.replace("'{{ .Mesh }}.{{ .Zone }}.mesh.local'", "'{{ label \"team\" }}.example'");
        Mesh mesh = ModelFixture.of(DEMO_NAMESPACE, templated, KV).mesh("default");

        assertThat(mesh.identities().getFirst().notReady()).contains("`team`");
        assertThat(mesh.trusts()).isEmpty();
    }

    @Test
    void aDataplaneWithoutTheWorkloadLabelIsRefusedWhereThePathNeedsIt() {
        String dataplane = """
                apiVersion: kuma.io/v1alpha1
                kind: Dataplane
                mesh: default
                metadata: {name: kv-1, namespace: kuma-demo}
                spec:
                  networking:
                    address: 10.0.0.1
                    inbound: [{port: 5050}]
                """;
        Diagnostic reason = ModelFixture.of(
                        IDENTITY.replace("/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}", "/w/{{ .Workload }}"),
                        dataplane)
                .reason("kuma-demo/kv-1");

        assertThat(reason.id()).isEqualTo(DiagnosticId.TEMPLATE_MISSING_LABEL);
        assertThat(underlined(reason)).isEqualTo("'/w/{{ .Workload }}'");
        assertThat(reason.help()).contains("refuses the connection");
    }

    private static String trust(String name, String pem) {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrust
                metadata: {name: %s, namespace: kuma-system}
                spec:
                  trustDomain: default.default.mesh.local
                  caBundles:
                  - type: Pem
                    pem:
                      value: |
                %s
                """.formatted(name, pem.indent(8).stripTrailing());
    }

    @Test
    void anIdentityThatCreatesItsTrustIsTrusted() {
        assertThat(ModelFixture.of(DEMO_NAMESPACE, IDENTITY, KV).mesh("default").trusts())
                .singleElement()
                .satisfies(trust -> {
                    assertThat(trust.name()).isEqualTo("identity");
                    assertThat(trust.trustDomain()).isEqualTo("default.default.mesh.local");
                    assertThat(trust.caBundles()).isEmpty();
                    assertThat(trust.generatedBy()).isNotNull();
                });
        assertThat(ModelFixture.of(DEMO_NAMESPACE, IDENTITY.replace("Enabled", "Disabled"), KV)
                        .mesh("default")
                        .trusts())
                .isEmpty();
    }

    @Test
    void theBundlesOfOneTrustDomainAreOneTrust() {
        ModelFixture mesh = ModelFixture.of(
                DEMO_NAMESPACE,
                IDENTITY,
                trust("b-trust", TestCertificates.SECOND),
                trust("a-trust", TestCertificates.FIRST),
                KV);

        assertThat(mesh.diagnostics()).isEmpty();
        assertThat(mesh.mesh("default").trusts()).singleElement().satisfies(trust -> {
            assertThat(trust.name()).isEqualTo("a-trust");
            assertThat(trust.caBundles()).hasSize(2);
            assertThat(trust.caBundles().getFirst().strip()).isEqualTo(TestCertificates.FIRST.strip());
            assertThat(trust.generatedBy()).isNotNull();
        });
    }

    @Test
    void aBundleThatIsNoCertificateIsUnderlined() {
        String line = TestCertificates.FIRST.lines().skip(2).findFirst().orElseThrow();
        ModelFixture mesh = ModelFixture.of(trust("broken", TestCertificates.FIRST.replace(line, "AAAA")));

        assertThat(underlined(mesh.finding(DiagnosticId.TRUST_UNREADABLE)))
                .contains("-----BEGIN CERTIFICATE-----")
                .contains("AAAA");
        assertThat(mesh.model().meshes()).isEmpty();
    }
}
