package dev.writ.compiler.model;

import static dev.writ.compiler.model.ModelFixture.DEMO_NAMESPACE;
import static dev.writ.compiler.model.ModelFixture.IDENTITY;
import static dev.writ.compiler.model.ModelFixture.deployment;
import static dev.writ.compiler.model.ModelFixture.service;
import static dev.writ.compiler.model.ModelFixture.underlined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which permissions apply where. */
class PermissionTest {
    private static final List<String> DEMO = List.of(
            DEMO_NAMESPACE,
            DEMO_NAMESPACE.replace("kuma-demo", "batch"),
            IDENTITY,
            deployment("kuma-demo", "kv"),
            service("kuma-demo", "kv"),
            deployment("batch", "report"),
            service("batch", "report"));

    private static String permission(String namespace, String name, String target) {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata:
                  name: %2$s
                  namespace: %1$s
                spec:
                %3$s
                  rules:
                  - default:
                      allow:
                      - spiffeID: {type: Prefix, value: spiffe://default.default.mesh.local/ns/kuma-demo}
                """.formatted(namespace, name, target.isEmpty() ? "  # all" : "  targetRef: " + target);
    }

    private static ModelFixture model(String... permissions) {
        List<String> documents = new ArrayList<>(DEMO);
        documents.addAll(List.of(permissions));
        return ModelFixture.of(documents.toArray(String[]::new));
    }

    private static List<String> applying(ModelFixture fixture, String workload) {
        Mesh mesh = fixture.mesh("default");
        Workload to = fixture.workload(workload);
        assertThat(to.inbounds()).hasSize(1);
        return new PermissionSelection(mesh)
                .select(to, to.inbounds().getFirst()).stream()
                        .map(Permission::qualifiedName)
                        .toList();
    }

    @Test
    void aPermissionAppliesInItsOwnNamespaceAlone() {
        ModelFixture fixture = model(permission("kuma-demo", "mtp", ""));

        assertThat(applying(fixture, "kuma-demo/kv")).containsExactly("kuma-demo/mtp");
        assertThat(applying(fixture, "batch/report")).isEmpty();
    }

    @Test
    void notEvenATargetLeadsOutOfTheNamespace() {
        assertThat(applying(
                        model(permission(
                                "kuma-demo", "mtp", "{kind: Dataplane, labels: {k8s.kuma.io/namespace: batch}}")),
                        "batch/report"))
                .isEmpty();
    }

    @Test
    void aPermissionOfTheSystemNamespaceAppliesMeshWide() {
        ModelFixture fixture = model(
                permission("kuma-system", "all", ""),
                permission("kong-mesh-system", "kv", "{kind: Dataplane, labels: {app: kv}}"));

        assertThat(applying(fixture, "kuma-demo/kv")).containsExactly("kuma-system/all", "kong-mesh-system/kv");
        assertThat(applying(fixture, "batch/report")).containsExactly("kuma-system/all");
    }

    @Test
    void theMoreSpecificComesLaterAndThenTheAlphabetRunsBackwards() {
        ModelFixture fixture = model(
                permission("kuma-demo", "a-section", "{kind: Dataplane, sectionName: http}"),
                permission("kuma-demo", "a-labels", "{kind: Dataplane, labels: {app: kv}}"),
                permission("kuma-demo", "a-mesh", "{kind: Mesh}"),
                permission("kuma-demo", "b-labels", "{kind: Dataplane}"),
                permission("kuma-system", "c-mesh", ""),
                permission("kuma-system", "a-system", "{kind: Mesh}"));

        assertThat(applying(fixture, "kuma-demo/kv"))
                .containsExactly(
                        "kuma-system/c-mesh",
                        "kuma-system/a-system",
                        "kuma-demo/a-mesh",
                        "kuma-demo/b-labels",
                        "kuma-demo/a-labels",
                        "kuma-demo/a-section");
    }

    @Test
    void aSectionIsANameOrThePortOfAnInboundWithoutOne() {
        String unnamed = service("kuma-demo", "plain").replace("targetPort: http", "targetPort: 7070");
        ModelFixture fixture = model(
                deployment("kuma-demo", "plain").replace("                    - name: http\n          ", ""),
                unnamed,
                permission("kuma-demo", "by-name", "{kind: Dataplane, sectionName: http}"),
                permission("kuma-demo", "by-port", "{kind: Dataplane, sectionName: '5050'}"),
                permission("kuma-demo", "by-other-port", "{kind: Dataplane, sectionName: '7070'}"));

        assertThat(applying(fixture, "kuma-demo/kv")).containsExactly("kuma-demo/by-name");
        assertThat(applying(fixture, "kuma-demo/plain")).containsExactly("kuma-demo/by-other-port");
    }

    @Test
    void aShadowedPermissionIsTriedOutAndDecidesNothing() {
        ModelFixture fixture = model(permission("kuma-demo", "mtp", "")
                .replace("  namespace: kuma-demo\n", "  namespace: kuma-demo\n  labels: {kuma.io/effect: shadow}\n"));

        assertThat(applying(fixture, "kuma-demo/kv")).isEmpty();
        assertThat(underlined(fixture.finding(DiagnosticId.SOURCE_IGNORED))).isEqualTo("shadow");
    }

    @Test
    void aPermissionOfAnotherMeshDoesNotApply() {
        ModelFixture fixture = model(permission("kuma-demo", "mtp", "")
                .replace("  namespace: kuma-demo\n", "  namespace: kuma-demo\n  labels: {kuma.io/mesh: other}\n"));

        assertThat(applying(fixture, "kuma-demo/kv")).isEmpty();
        assertThat(fixture.mesh("other").permissions()).hasSize(1);
    }

    @Test
    void whatTheGlobalControlPlaneSentKeepsItsNamespace() {
        ModelFixture fixture = model(permission("kuma-system", "mtp", "")
                .replace(
                        "  namespace: kuma-system\n",
                        "  namespace: kuma-system\n  labels: {kuma.io/origin: global, kuma.io/policy-role: workload-owner,"
                                + " k8s.kuma.io/namespace: batch}\n"));

        assertThat(applying(fixture, "kuma-demo/kv")).isEmpty();
        assertThat(applying(fixture, "batch/report")).containsExactly("kuma-system/mtp");
    }

    @Test
    void aPermissionThatNamesAPodLeavesItsControllerInDoubt() {
        String named =
                permission("kuma-demo", "mtp", "{kind: Dataplane, labels: {kuma.io/display-name: kv-6d9f-7hq2x}}");
        ModelFixture fixture = model(named);

        assertThat(applying(fixture, "kuma-demo/kv")).isEmpty();
        assertThat(fixture.workload("kuma-demo/kv").doubts()).hasSize(1);
        assertThat(fixture.workload("batch/report").doubts()).isEmpty();
    }

    @Test
    void inboundsWithTheSamePermissionsShareOneList() {
        ModelFixture fixture =
                model(deployment("kuma-demo", "web"), service("kuma-demo", "web"), permission("kuma-demo", "mtp", ""));
        PermissionSelection selection = new PermissionSelection(fixture.mesh("default"));
        Workload kv = fixture.workload("kuma-demo/kv");
        Workload web = fixture.workload("kuma-demo/web");

        assertThat(selection.select(kv, kv.inbounds().getFirst()))
                .hasSize(1)
                .isSameAs(selection.select(web, web.inbounds().getFirst()));
    }
}
