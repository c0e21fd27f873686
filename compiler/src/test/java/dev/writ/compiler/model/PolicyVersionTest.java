package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Universal policies: what they select, in which order they come, what MeshTLS comes to, as each version has it. */
class PolicyVersionTest {
    private static final String DATAPLANES = """
            type: Dataplane
            mesh: default
            name: kv
            labels:
              app: kv
            networking:
              address: 127.0.0.1
              inbound:
              - port: 5050
                name: http
                tags:
                  kuma.io/service: kv
                  version: v1
              - port: 6060
                tags:
                  kuma.io/service: kv-admin
                  version: v1
            """;

    @Test
    void upTo214ADataplaneThatIsNamedBeatsThoseThatLabelsSelect() {
        String byLabels = permission("a", "{kind: Dataplane, labels: {app: kv}, sectionName: http}");
        String byName = permission("z", "{kind: Dataplane, name: kv}");
        assertThat(selected(Target.KUMA_2_14, "5050", byName, byLabels)).containsExactly("a", "z");
        assertThat(selected(Target.KUMA_3, "5050", byName, byLabels)).containsExactly("z", "a");
    }

    @Test
    void tagsBeatLabels() {
        assertThat(selected(
                        Target.KUMA_2_14,
                        "5050",
                        permission("a", "{kind: MeshServiceSubset, name: kv, tags: {version: v1}}"),
                        permission("b", "{kind: MeshService, name: kv}"),
                        permission("c", "{kind: MeshSubset, tags: {version: '*'}}"),
                        permission("d", "{kind: Dataplane}"),
                        permission("e", "{kind: Mesh}")))
                .containsExactly("e", "d", "c", "b", "a");
    }

    @Test
    void tagsAreThoseOfOneInbound() {
        String service = permission("mtp", "{kind: MeshService, name: kv-admin}");
        assertThat(selected(Target.KUMA_2_14, "6060", service)).containsExactly("mtp");
        assertThat(selected(Target.KUMA_2_14, "5050", service)).isEmpty();
        String mixed = permission("mtp", "{kind: MeshSubset, tags: {kuma.io/service: kv, version: v2}}");
        assertThat(selected(Target.KUMA_2_14, "5050", mixed)).isEmpty();
    }

    @Test
    void aNameIsTheNameOfADataplaneInThePolicysZone() {
        String local = permission("mtp", "{kind: Dataplane, name: kv}");
        assertThat(selected(Target.KUMA_3, "5050", local)).containsExactly("mtp");
        String global = local.replace("name: mtp\n", "name: mtp\nlabels: {kuma.io/origin: global}\n");
        assertThat(selected(Target.KUMA_3, "5050", global)).isEmpty();
    }

    @Test
    void outsideKubernetesAPolicyAppliesInEveryNamespace() {
        String labelled = permission("mtp", "{kind: Mesh}")
                .replace("name: mtp\n", "name: mtp\nlabels: {k8s.kuma.io/namespace: elsewhere}\n");
        assertThat(selected(Target.KUMA_3, "5050", labelled)).containsExactly("mtp");
        String owned = labelled.replace("elsewhere}", "elsewhere, kuma.io/policy-role: workload-owner}");
        assertThat(selected(Target.KUMA_3, "5050", owned)).isEmpty();
    }

    @Test
    void aLaterMeshTlsOverridesFieldByField() {
        ModelFixture built = build(
                Target.KUMA_3,
                tls("a", "{kind: Dataplane, sectionName: http}", "rules", "{mode: Strict}"),
                tls("b", "{kind: Mesh}", "rules", "{mode: Permissive, tlsVersion: {min: TLS12, max: TLS13}}"),
                tls("c", "{kind: Mesh}", "rules", "{mode: Strict, tlsCiphers: [ECDHE-RSA-AES128-GCM-SHA256]}"));
        Workload kv = built.workload("kv");
        assertThat(kv.tls())
                .containsExactly(
                        new TlsPolicy(false, "TLS12", "TLS13", List.of("ECDHE-RSA-AES128-GCM-SHA256")),
                        new TlsPolicy(true, "TLS12", "TLS13", List.of("ECDHE-RSA-AES128-GCM-SHA256")));
    }

    @Test
    void upTo214MeshTlsMaySayItForAllCallers() {
        ModelFixture built = build(Target.KUMA_2_14, tls("a", "{kind: Mesh}", "from", "{mode: Permissive}"));
        assertThat(built.workload("kv").tls().getFirst().permissive()).isTrue();
    }

    @Test
    void withoutMeshTlsNothingIsSaid() {
        assertThat(build(Target.KUMA_3).workload("kv").tls()).isEmpty();
    }

    @Test
    void theEnabledBackendOfAMeshIssues() {
        BuiltinMtls mtls = Objects.requireNonNull(
                build(Target.KUMA_2_14, """
                type: Mesh
                name: default
                mtls:
                  enabledBackend: second
                  backends:
                  - name: first
                    type: builtin
                  - name: second
                    type: builtin
                    mode: PERMISSIVE
                    dpCert:
                      rotation:
                        expiration: 1h
                """).mesh("default").mtls());
        assertThat(mtls.backend().name().value()).isEqualTo("second");
        assertThat(mtls.permissive()).isTrue();
        assertThat(mtls.expiry()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aMeshWithoutAnEnabledBackendHasNoMtls() {
        Mesh mesh = build(Target.KUMA_2_14, "type: Mesh\nname: default\n").mesh("default");
        assertThat(mesh.mtls()).isNull();
        assertThat(mesh.serviceMode()).isEqualTo("Disabled");
    }

    private static List<String> selected(Target target, String port, String... permissions) {
        ModelFixture built = build(target, permissions);
        Workload kv = built.workload("kv");
        Inbound inbound = kv.inbounds().stream()
                .filter(one -> one.port() == Integer.parseInt(port))
                .findFirst()
                .orElseThrow();
        return new PermissionSelection(built.mesh("default"))
                .select(kv, inbound).stream().map(Permission::name).toList();
    }

    private static ModelFixture build(Target target, String... more) {
        ModelFixture built =
                ModelFixture.of(ModelFixture.OPTIONS.withTarget(target), DATAPLANES, String.join("---\n", more));
        assertThat(built.diagnostics()).isEmpty();
        return built;
    }

    private static String permission(String name, String target) {
        return """
                type: MeshTrafficPermission
                mesh: default
                name: %s
                spec:
                  targetRef: %s
                  rules:
                  - default:
                      allow:
                      - spiffeID: {type: Exact, value: spiffe://default/web}
                """.formatted(name, target);
    }

    private static String tls(String name, String target, String list, String settings) {
        return """
                type: MeshTLS
                mesh: default
                name: %s
                spec:
                  targetRef: %s
                  %s:
                  - %sdefault: %s
                """.formatted(name, target, list, list.equals("from") ? "targetRef: {kind: Mesh}\n    " : "", settings);
    }
}
