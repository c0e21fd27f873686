package dev.writ.compiler.model;

import static dev.writ.compiler.model.ModelFixture.DEMO_NAMESPACE;
import static dev.writ.compiler.model.ModelFixture.IDENTITY;
import static dev.writ.compiler.model.ModelFixture.deployment;
import static dev.writ.compiler.model.ModelFixture.service;
import static dev.writ.compiler.model.ModelFixture.underlined;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.model.Workload.Doubt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pods become workloads, and what is known of them. */
class WorkloadTest {

    private static ModelOptions options(String namespace, boolean assumeInjected) {
        return new ModelOptions("default", List.of("kuma-system"), namespace, assumeInjected, List.of());
    }

    @Test
    void aControllerWithoutPodsHasTheLabelsItsDataplanesWillHave() {
        Workload workload =
                ModelFixture.of(DEMO_NAMESPACE, deployment("kuma-demo", "kv")).workload("kuma-demo/kv");

        assertThat(workload.labels())
                .containsOnly(
                        entry("app", "kv"),
                        entry(KumaLabels.MESH, "default"),
                        entry(KumaLabels.ORIGIN, "zone"),
                        entry(KumaLabels.ZONE, "default"),
                        entry(KumaLabels.ENVIRONMENT, "kubernetes"),
                        entry(KumaLabels.NAMESPACE, "kuma-demo"),
                        entry(KumaLabels.SERVICE_ACCOUNT, "default"),
                        entry(KumaLabels.WORKLOAD, "default"));
        assertThat(workload.span().text()).isEqualTo("kv");
    }

    @Test
    void inboundsComeFromTheServicesOfItsOwnNamespace() {
        ModelFixture mesh = ModelFixture.of(
                DEMO_NAMESPACE,
                deployment("kuma-demo", "kv"),
                service("kuma-demo", "kv"),
                service("elsewhere", "kv").replace("targetPort: http", "targetPort: 7070"),
                service("kuma-demo", "other").replace("targetPort: http", "targetPort: 9090"));

        assertThat(mesh.workload("kuma-demo/kv").inbounds())
                .extracting(ModelFixture::shown)
                .containsExactly("5050 http http READY");
    }

    @Test
    void aServiceThatKumaIsToldToIgnoreGivesNoInbound() {
        String ignored = service("kuma-demo", "kv")
                .replace(
                        "  namespace: kuma-demo\n",
                        "  namespace: kuma-demo\n  annotations: {kuma.io/ignore: \"true\"}\n");

        assertThat(ModelFixture.of(DEMO_NAMESPACE, deployment("kuma-demo", "kv"), ignored)
                        .workload("kuma-demo/kv")
                        .inbounds())
                .extracting(ModelFixture::shown)
                .containsExactly("49151 null tcp READY");
    }

    @Test
    void theLabelOfThePodWinsOverItsNamespace() {
        String disabled = deployment("kuma-demo", "off")
                .replace(
                        "        app: off\n    spec",
                        "        app: off\n        kuma.io/sidecar-injection: disabled\n    spec");
        String enabled = deployment("plain", "on")
                .replace(
                        "        app: on\n    spec",
                        "        app: on\n        kuma.io/sidecar-injection: enabled\n    spec");
        ModelFixture mesh = ModelFixture.of(
                DEMO_NAMESPACE,
                DEMO_NAMESPACE.replace("kuma-demo", "plain").replace("enabled", "disabled"),
                disabled,
                enabled);

        assertThat(mesh.workloads()).containsExactly("Deployment plain/on");
        assertThat(mesh.diagnostics()).isEmpty();
    }

    @Test
    void workloadsOfANamespaceThatIsNotInTheSourcesAreNotedOnce() {
        ModelFixture mesh = ModelFixture.of(deployment("kuma-demo", "kv"), deployment("kuma-demo", "demo-app"));

        assertThat(mesh.workloads()).isEmpty();
        Diagnostic note = mesh.finding(DiagnosticId.WORKLOAD_NOT_INJECTED);
        assertThat(note.message()).startsWith("2 workloads of the namespace `kuma-demo` left out");
        assertThat(note.help()).contains("--assume-injected");
    }

    @Test
    void injectionIsAssumedOnlyWhereNothingIsSaid() {
        String disabled = deployment("kuma-demo", "off")
                .replace(
                        "        app: off\n    spec",
                        "        app: off\n        kuma.io/sidecar-injection: disabled\n    spec");
        ModelFixture mesh = ModelFixture.of(
                options("kuma-demo", true), deployment("kuma-demo", "kv"), disabled, deployment("kuma-system", "cp"));

        assertThat(mesh.workloads()).containsExactly("Deployment kuma-demo/kv");
        assertThat(mesh.diagnostics()).isEmpty();
    }

    @Test
    void injectionIsEnabledOrDisabledAndNothingElse() {
        ModelFixture mesh =
                ModelFixture.of(DEMO_NAMESPACE.replace("enabled", "enabeld"), deployment("kuma-demo", "kv"));

        assertThat(underlined(mesh.finding(DiagnosticId.SCHEMA_INVALID_VALUE))).isEqualTo("enabeld");
    }

    @Test
    void theMeshIsThatOfThePodElseOfItsNamespace() {
        String ofNamespace = DEMO_NAMESPACE.replace(
                "kuma.io/sidecar-injection: enabled", "kuma.io/sidecar-injection: enabled\n    kuma.io/mesh: blue");
        String ofPod = deployment("kuma-demo", "kv")
                .replace("        app: kv\n    spec", "        app: kv\n        kuma.io/mesh: red\n    spec");
        ModelFixture mesh = ModelFixture.of(ofNamespace, ofPod, deployment("kuma-demo", "demo-app"));

        assertThat(mesh.model().meshes()).extracting(Mesh::name).containsExactly("blue", "red");
        assertThat(mesh.mesh("red").workloads())
                .extracting(workload -> workload.key().shortName())
                .containsExactly("kuma-demo/kv");
    }

    @Test
    void aMeshThatTheSourcesLackIsAnErrorOnlyWhereTheyHaveAnother() {
        String defaultMesh = """
                apiVersion: kuma.io/v1alpha1
                kind: Mesh
                metadata: {name: default}
                spec: {meshServices: {mode: Exclusive}}
                """;
        String misspelt = deployment("kuma-demo", "kv")
                .replace("        app: kv\n    spec", "        app: kv\n        kuma.io/mesh: defualt\n    spec");

        Diagnostic finding =
                ModelFixture.of(DEMO_NAMESPACE, defaultMesh, misspelt).finding(DiagnosticId.MESH_UNKNOWN);
        assertThat(underlined(finding)).isEqualTo("kv");
        assertThat(finding.help()).isEqualTo("did you mean `default`?");
        assertThat(ModelFixture.of(DEMO_NAMESPACE, misspelt).diagnostics()).isEmpty();
    }

    @Test
    void aManifestWithoutANamespaceNeedsOne() {
        String bare = deployment("kuma-demo", "kv").replaceFirst("  namespace: kuma-demo\n", "");

        Diagnostic finding = ModelFixture.of(DEMO_NAMESPACE, bare).finding(DiagnosticId.SCHEMA_MISSING_FIELD);
        assertThat(underlined(finding)).isEqualTo("kv");
        assertThat(finding.help()).contains("--namespace");
        assertThat(ModelFixture.of(options("kuma-demo", false), DEMO_NAMESPACE, bare)
                        .workloads())
                .containsExactly("Deployment kuma-demo/kv");
    }

    @Test
    void aNameThatIsNoneGoesNoFurther() {
        ModelFixture mesh = ModelFixture.of(
                DEMO_NAMESPACE,
                deployment("kuma-demo", "../../x"),
                deployment("Kuma_Demo", "kv"),
                deployment("kuma-demo", "a..b"));

        assertThat(mesh.workloads()).isEmpty();
        assertThat(mesh.diagnostics())
                .allSatisfy(finding -> assertThat(finding.id()).isEqualTo(DiagnosticId.SCHEMA_INVALID_VALUE))
                .extracting(ModelFixture::underlined)
                .containsExactly("../../x", "Kuma_Demo", "a..b");
    }

    @Test
    void twoWorkloadsOfOneNameAreRefused() {
        String bare = deployment("kuma-demo", "kv").replaceFirst("  namespace: kuma-demo\n", "");
        Diagnostic finding = ModelFixture.of(
                        options("kuma-demo", false), DEMO_NAMESPACE, deployment("kuma-demo", "kv"), bare)
                .finding(DiagnosticId.WORKLOAD_DUPLICATE);

        assertThat(underlined(finding)).isEqualTo("kv");
        assertThat(finding.related()).hasSize(1);
        assertThat(finding.related().getFirst().span()).isLessThan(finding.span());
    }

    @Test
    void workloadsOfDifferentKindsMayShareAName() {
        String set = deployment("kuma-demo", "kv").replace("kind: Deployment", "kind: StatefulSet");

        assertThat(ModelFixture.of(DEMO_NAMESPACE, deployment("kuma-demo", "kv"), set)
                        .workloads())
                .containsExactly("Deployment kuma-demo/kv", "StatefulSet kuma-demo/kv");
    }

    @Test
    void resourcesOfAnotherZoneAreLeftOutWithAWord() {
        String dataplane = """
                apiVersion: kuma.io/v1alpha1
                kind: Dataplane
                mesh: default
                metadata:
                  name: kv-1
                  namespace: kuma-demo
                  labels: {kuma.io/zone: east}
                spec:
                  networking:
                    address: 10.0.0.1
                    inbound: [{port: 5050}]
                """;
        ModelFixture mesh = ModelFixture.of(dataplane);

        assertThat(mesh.workloads()).isEmpty();
        Diagnostic finding = mesh.finding(DiagnosticId.ZONE_OTHER);
        assertThat(underlined(finding)).isEqualTo("east");
        assertThat(finding.message()).endsWith("1 Dataplane");
    }

    private static List<Doubt> doubts(String annotation, String... more) {
        String annotated = deployment("kuma-demo", "kv")
                .replace(
                        "    metadata:\n      labels:",
                        "    metadata:\n      annotations: {" + annotation + "}\n      labels:");
        String[] documents = new String[more.length + 4];
        System.arraycopy(more, 0, documents, 4, more.length);
        documents[0] = DEMO_NAMESPACE;
        documents[1] = IDENTITY;
        documents[2] = annotated;
        documents[3] = service("kuma-demo", "kv");
        return ModelFixture.of(documents).workload("kuma-demo/kv").doubts();
    }

    @Test
    void annotationsThatChangeInterceptionLeaveTheWorkloadInDoubt() {
        assertThat(doubts("kuma.io/gateway: enabled")).singleElement().satisfies(doubt -> {
            assertThat(doubt.span().text()).isEqualTo("enabled");
            assertThat(doubt.port()).isZero();
        });
        assertThat(doubts("kuma.io/gateway: disabled")).isEmpty();
        assertThat(doubts("traffic.kuma.io/exclude-inbound-ips: 10.0.0.0/8")).hasSize(1);
        assertThat(doubts("traffic.kuma.io/transparent-proxy-config: \"redirect: {inbound: {port: 15006}}\""))
                .isEmpty();
        assertThat(doubts("traffic.kuma.io/transparent-proxy-config: \"redirect: {inbound: {excludePorts: '5050'}}\""))
                .hasSize(1);
        assertThat(doubts("kuma.io/virtual-probes: enabled")).isEmpty();
    }

    @Test
    void anExcludedPortIsInDoubtAlone() {
        assertThat(doubts("traffic.kuma.io/exclude-inbound-ports: \"9000, 5050\""))
                .extracting(Doubt::port, doubt -> doubt.span().text())
                .containsExactly(tuple(9000, "9000"), tuple(5050, "5050"));
    }

    private static String patch(String namespace, String mesh) {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: MeshProxyPatch
                metadata:
                  name: patch
                  namespace: %s
                  labels: {kuma.io/mesh: %s}
                spec: {}
                """.formatted(namespace, mesh);
    }

    @Test
    void aResourceThatIsNotModelledLeavesInDoubtWhatItMayTouch() {
        assertThat(doubts("a: b", patch("kuma-system", "default")))
                .singleElement()
                .satisfies(doubt -> {
                    assertThat(doubt.span().text()).isEqualTo("MeshProxyPatch");
                    assertThat(doubt.reason())
                            .isEqualTo("the MeshProxyPatch `patch` may change this, and it is not modelled");
                });
        assertThat(doubts("a: b", patch("kuma-demo", "default"))).hasSize(1);
        assertThat(doubts("a: b", patch("elsewhere", "default"))).isEmpty();
        assertThat(doubts("a: b", patch("kuma-system", "other"))).isEmpty();
        assertThat(doubts("a: b", patch("kuma-system", "default").replace("MeshProxyPatch", "MeshExternalService")))
                .isEmpty();
    }
}
