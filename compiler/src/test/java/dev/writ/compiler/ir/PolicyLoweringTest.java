package dev.writ.compiler.ir;

import static dev.writ.compiler.model.ModelFixture.DEMO_NAMESPACE;
import static dev.writ.compiler.model.ModelFixture.IDENTITY;
import static dev.writ.compiler.model.ModelFixture.deployment;
import static dev.writ.compiler.model.ModelFixture.service;
import static dev.writ.compiler.model.ModelFixture.underlined;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Undecidable;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.ModelFixture;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyLoweringTest {
    private static final String KV = deployment("kuma-demo", "kv") + "---\n" + service("kuma-demo", "kv");

    private static String permission(String name, String rules) {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata:
                  name: %s
                  namespace: kuma-demo
                  labels:
                    kuma.io/mesh: default
                spec:
                  rules:
                  - default:
                %s
                """.formatted(name, rules.indent(6).stripTrailing());
    }

    private static String prefix(String action, String path) {
        return "%s: [{spiffeID: {type: Prefix, value: 'spiffe://default.default.mesh.local%s'}}]"
                .formatted(action, path);
    }

    private static InboundPolicy lowered(String... documents) {
        MeshPolicy policy = PolicyLowering.lower(ModelFixture.of(documents).model());
        assertThat(policy.workloads()).hasSize(1);
        assertThat(policy.workloads().getFirst().inbounds()).hasSize(1);
        return policy.workloads().getFirst().inbounds().getFirst();
    }

    private static String shown(Rule rule) {
        String callers = switch (rule.principal()) {
            case Exact exact -> exact.value();
            case Prefix prefix -> prefix.value() + "…";
            default -> throw new AssertionError(rule.principal());
        };
        return rule.action() + " " + callers.replace("spiffe://default.default.mesh.local", "") + " by "
                + rule.origin().name();
    }

    @Test
    void withoutPermissionsEverythingIsDenied() {
        InboundPolicy kv = lowered(DEMO_NAMESPACE, IDENTITY, KV);

        assertThat(kv.enforced()).isEqualTo(new RuleList(List.of(), Action.DENY));
        assertThat(kv.shadow()).isEmpty();
        assertThat(kv.admission())
                .isEqualTo(new MutualTls(
                        List.of("default.default.mesh.local"), List.of("spiffe://default.default.mesh.local/"), true));
    }

    @Test
    void theGuidesPermissionAllowsItsPrefix() {
        InboundPolicy kv = lowered(DEMO_NAMESPACE, IDENTITY, KV, permission("mtp", prefix("allow", "/ns/kuma-demo")));

        assertThat(kv.enforced().rules())
                .extracting(PolicyLoweringTest::shown)
                .containsExactly("ALLOW /ns/kuma-demo… by kuma-demo/mtp");
        assertThat(kv.enforced().rules().getFirst().origin().span().text())
                .contains("spiffe://default.default.mesh.local/ns/kuma-demo");
    }

    @Test
    void deniesComeFirstThenShadowDeniesThenAllows() {
        InboundPolicy kv = lowered(
                DEMO_NAMESPACE,
                IDENTITY,
                KV,
                permission(
                        "b",
                        prefix("allow", "/b") + "\n" + prefix("deny", "/x") + "\n"
                                + prefix("allowWithShadowDeny", "/s")),
                permission("a", prefix("allow", "/a") + "\n" + prefix("deny", "/y")));

        assertThat(kv.enforced().rules())
                .extracting(PolicyLoweringTest::shown)
                .containsExactly(
                        "DENY /x… by kuma-demo/b",
                        "DENY /y… by kuma-demo/a",
                        "ALLOW /s… by kuma-demo/b",
                        "ALLOW /b… by kuma-demo/b",
                        "ALLOW /a… by kuma-demo/a");
        assertThat(kv.shadow()).hasValueSatisfying(shadow -> {
            assertThat(shadow.rules()).extracting(PolicyLoweringTest::shown).containsExactly("DENY /s… by kuma-demo/b");
            assertThat(shadow.byDefault()).isEqualTo(Action.ALLOW);
        });
    }

    @Test
    void belowAnIdIsAPrefixThatEndsWithASlash() {
        ModelFixture fixture = ModelFixture.of(DEMO_NAMESPACE, IDENTITY, KV);
        Mesh mesh = fixture.mesh("default");
        Permission below = permission(mesh, "below", List.of("spiffe://a/ns/x"));

        assertThat(PolicyLowering.lower(new MeshModel(Target.ENVOY, List.of(with(mesh, List.of(below)))))
                        .workloads()
                        .getFirst()
                        .inbounds()
                        .getFirst()
                        .enforced()
                        .rules())
                .extracting(Rule::principal)
                .containsExactly(new Prefix("spiffe://a/ns/x/"));
    }

    private static Permission permission(Mesh mesh, String name, List<String> below) {
        var span = mesh.workloads().getFirst().span();
        return new Permission(
                name,
                null,
                null,
                new WholeMesh(),
                below.stream()
                        .map(id -> new Permission.Rule(
                                Permission.Action.ALLOW, new CallerPattern.BelowId(id), 0, span, span))
                        .toList(),
                List.of(),
                "kri_mtp_default_default__" + name + "_",
                span);
    }

    private static Mesh with(Mesh mesh, List<Permission> permissions) {
        return new Mesh(mesh.name(), mesh.zone(), mesh.workloads(), mesh.identities(), mesh.trusts(), permissions);
    }

    private static Diagnostic undecidable(InboundPolicy inbound) {
        assertThat(inbound.admission()).isInstanceOf(Undecidable.class);
        return ((Undecidable) inbound.admission()).finding();
    }

    @Test
    void withoutAnIdentityNothingCanBeSaid() {
        Diagnostic finding = undecidable(lowered(DEMO_NAMESPACE, KV));

        assertThat(finding.id()).isEqualTo(DiagnosticId.TARGET_UNSUPPORTED);
        assertThat(underlined(finding)).isEqualTo("kv");
        assertThat(finding.message()).contains("`kuma-demo/kv` has none: no MeshIdentity selects");
        assertThat(finding.help()).contains("`kuma-*` targets");
    }

    @Test
    void withoutATrustNobodyCanBeVerified() {
        assertThat(undecidable(lowered(DEMO_NAMESPACE, IDENTITY.replace("Enabled", "Disabled"), KV))
                        .message())
                .contains("has no MeshTrust");
    }

    @Test
    void aDoubtAboutOnePortLeavesTheOthersDecided() {
        String annotated = KV.replace(
                        "    metadata:\n      labels:",
                        "    metadata:\n      annotations: {traffic.kuma.io/exclude-inbound-ports: '9000'}\n      labels:")
                .replace("    appProtocol: http\n", "    appProtocol: http\n  - port: 90\n    targetPort: 9000\n");
        MeshPolicy policy = PolicyLowering.lower(
                ModelFixture.of(DEMO_NAMESPACE, IDENTITY, annotated).model());
        List<InboundPolicy> inbounds = policy.workloads().getFirst().inbounds();

        assertThat(inbounds).extracting(inbound -> inbound.inbound().port()).containsExactly(5050, 9000);
        assertThat(inbounds.getFirst().admission()).isInstanceOf(MutualTls.class);
        assertThat(underlined(undecidable(inbounds.getLast()))).isEqualTo("9000");
    }

    @Test
    void thousandsOfPermissionsAreLoweredOnce() {
        ModelFixture fixture = ModelFixture.of(DEMO_NAMESPACE, IDENTITY, KV);
        Mesh mesh = fixture.mesh("default");
        Workload kv = mesh.workloads().getFirst();
        List<Permission> permissions = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            permissions.add(permission(mesh, "p" + i, List.of("spiffe://a/ns/" + i)));
        }
        List<Workload> workloads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            workloads.add(kv);
        }
        Instant start = Instant.now();
        MeshPolicy policy = PolicyLowering.lower(new MeshModel(
                Target.ENVOY,
                List.of(new Mesh(mesh.name(), mesh.zone(), workloads, mesh.identities(), mesh.trusts(), permissions))));

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        RuleList first = requireNonNull(policy.workloads().getFirst())
                .inbounds()
                .getFirst()
                .enforced();
        assertThat(first.rules()).hasSize(10_000);
        assertThat(policy.workloads())
                .allSatisfy(workload ->
                        assertThat(workload.inbounds().getFirst().enforced()).isSameAs(first));
    }
}
