package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The inbounds of pods in Kuma up to 2.14, and their tags. */
class InboundTagsTest {
    private static final String SECOND_SERVICE = """
            apiVersion: v1
            kind: Service
            metadata:
              name: kv-admin
              namespace: kuma-demo
            spec:
              selector:
                app: kv
              ports:
              - port: 81
                targetPort: http
            """;

    @ParameterizedTest
    @EnumSource(names = {"KUMA_2_12", "KUMA_2_13", "KUMA_2_14"})
    void anInboundSaysItsServiceAndItsPodsLabels(Target target) {
        assertThat(inbounds(target, "").getFirst().tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "app", "kv",
                        "kuma.io/service", "kv_kuma-demo_svc_80",
                        "kuma.io/protocol", "http",
                        "kuma.io/zone", "default",
                        "k8s.kuma.io/namespace", "kuma-demo",
                        "k8s.kuma.io/service-name", "kv",
                        "k8s.kuma.io/service-port", "80"));
    }

    @Test
    void kuma3HasNone() {
        assertThat(inbounds(Target.KUMA_3, "").getFirst().tags()).isEmpty();
    }

    @Test
    void aPodWithoutAServiceIsCalledAfterItsController() {
        ModelFixture built = ModelFixture.of(
                ModelFixture.OPTIONS.withTarget(Target.KUMA_2_14),
                ModelFixture.DEMO_NAMESPACE,
                ModelFixture.deployment("kuma-demo", "kv"));
        assertThat(built.workload("kuma-demo/kv").inbounds().getFirst().tags())
                .containsEntry("kuma.io/service", "kv_kuma-demo_svc");
    }

    @Test
    void onePortOfTwoServicesIsOneInboundForEachUpTo214() {
        assertThat(inbounds(Target.KUMA_2_14, "", SECOND_SERVICE))
                .extracting(inbound -> inbound.tags().get("kuma.io/service"))
                .containsExactly("kv_kuma-demo_svc_80", "kv-admin_kuma-demo_svc_81");
    }

    @Test
    void whereMeshServicesAreExclusiveItIsTheFirst() {
        assertThat(inbounds(Target.KUMA_2_14, "Exclusive", SECOND_SERVICE))
                .extracting(inbound -> inbound.tags().get("kuma.io/service"))
                .containsExactly("kv_kuma-demo_svc_80");
    }

    @Test
    void inKuma3ItIsOne() {
        assertThat(inbounds(Target.KUMA_3, "", SECOND_SERVICE)).hasSize(1);
    }

    @Test
    void whatSelectsOneOfTwoInboundsOfAPortSelectsBoth() {
        ModelFixture built = built(Target.KUMA_2_14, "", SECOND_SERVICE, """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata:
                  name: mtp
                  namespace: kuma-system
                spec:
                  targetRef:
                    kind: MeshService
                    name: kv-admin_kuma-demo_svc_81
                  from:
                  - targetRef:
                      kind: MeshSubset
                      tags:
                        app: web
                    default:
                      action: Allow
                """);
        PermissionSelection selection = new PermissionSelection(built.mesh("default"));
        Workload kv = built.workload("kuma-demo/kv");
        assertThat(kv.inbounds())
                .hasSize(2)
                .allSatisfy(inbound -> assertThat(selection.select(kv, inbound)).hasSize(1));
        assertThat(built.mesh("default").permissions().getFirst().from())
                .extracting(LegacyRule::tags, LegacyRule::action)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Map.of("app", "web"), Permission.Action.ALLOW));
    }

    private static List<Inbound> inbounds(Target target, String mode, String... more) {
        return built(target, mode, more).workload("kuma-demo/kv").inbounds();
    }

    private static ModelFixture built(Target target, String mode, String... more) {
        String mesh = """
                apiVersion: kuma.io/v1alpha1
                kind: Mesh
                metadata:
                  name: default
                spec:
                """ + (mode.isEmpty() ? "  {}\n" : "  meshServices:\n    mode: " + mode + "\n");
        return ModelFixture.of(
                ModelFixture.OPTIONS.withTarget(target),
                mesh,
                ModelFixture.DEMO_NAMESPACE,
                ModelFixture.deployment("kuma-demo", "kv"),
                ModelFixture.service("kuma-demo", "kv"),
                String.join("---\n", more));
    }
}
