package dev.writ.compiler.check;

import static dev.writ.compiler.check.Manifests.underlined;
import static dev.writ.compiler.check.Manifests.withIdentity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rules come to beside each other. */
final class RuleStandingChecksTest {
    private static final String ID = "spiffe://default.default.mesh.local/ns/";
    private static final String ALLOW_ALL = rule("allow", "Prefix", ID + "shop/sa");

    @Test
    void anAllowOfWhomAnotherLetsInCanGo() {
        assertThat(mesh("a", ALLOW_ALL, "b", rule("allow", "Exact", ID + "shop/sa/web"))
                        .all(Target.KUMA_3))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_REDUNDANT_RULE);
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(underlined(finding)).isEqualTo(ID + "shop/sa/web");
                    assertThat(finding.message()).contains("`shop/a`");
                });
    }

    @Test
    void ofTwoAllowsOfTheSameOneIsReported() {
        assertThat(mesh("a", ALLOW_ALL, "b", ALLOW_ALL).all(Target.KUMA_3))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_REDUNDANT_RULE);
                    assertThat(finding.related())
                            .singleElement()
                            .satisfies(other -> assertThat(other.span()).isNotEqualTo(finding.span()));
                });
    }

    @Test
    void anAllowThatAnotherInboundNeedsStays() {
        Manifests mesh = withIdentity()
                .workload("shop", "kv", "kv")
                .workload("shop", "web", "web")
                .raw(permission("a", "", rule("allow", "Exact", ID + "shop/sa/web")))
                .raw(permission("b", "targetRef: { kind: Dataplane, labels: { app: kv } }", ALLOW_ALL));
        assertThat(mesh.all(Target.KUMA_3)).isEmpty();
    }

    @Test
    void anAllowBesideAShadowDenyOfTheSameStays() {
        assertThat(ids(mesh("a", rule("allowWithShadowDeny", "Prefix", ID + "shop/sa"), "b", ALLOW_ALL)
                        .all(Target.ENVOY)))
                .doesNotContain(DiagnosticId.PERMISSION_REDUNDANT_RULE);
    }

    @Test
    void anAllowThatADenyHidesInPartAndAnAllowInPartCanGo() {
        Manifests mesh = mesh(
                "a",
                rule("deny", "Exact", ID + "shop/sa/web") + ALLOW_ALL,
                "b",
                rule("allow", "Prefix", ID + "shop/sa/web"));
        assertThat(mesh.findings(DiagnosticId.PERMISSION_DEAD_RULE)).isEmpty();
        assertThat(mesh.findings(DiagnosticId.PERMISSION_REDUNDANT_RULE))
                .singleElement()
                .extracting(Manifests::underlined)
                .isEqualTo(ID + "shop/sa/web");
    }

    @Test
    void aDenyThatAnotherDenyIncludesCanGo() {
        assertThat(mesh(
                                "a",
                                rule("deny", "Prefix", ID + "shop/sa/bad") + ALLOW_ALL,
                                "b",
                                rule("deny", "Exact", ID + "shop/sa/bad-one"))
                        .findings(DiagnosticId.PERMISSION_REDUNDANT_RULE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).startsWith("this deny can go: a deny of `shop/a`"));
    }

    @Test
    void aDenyOfWhomNobodyLetsInIsIdle() {
        assertThat(mesh("a", rule("deny", "Exact", ID + "shop-2/sa/bad"), "b", ALLOW_ALL)
                        .all(Target.KUMA_3))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_IDLE_DENY);
                    assertThat(underlined(finding)).isEqualTo(ID + "shop-2/sa/bad");
                });
    }

    @Test
    void aDenyWhereNobodyIsLetInYetIsABeginning() {
        assertThat(mesh("a", rule("deny", "Prefix", ID + "shop/sa"), "b", rule("deny", "Exact", ID + "x/sa/y"))
                        .findings(DiagnosticId.PERMISSION_IDLE_DENY))
                .isEmpty();
    }

    @Test
    void severalDeniesTogetherHideAnAllow() {
        String server = "              sni: { type: Exact, value: kv.internal }\n";
        Manifests mesh = mesh(
                "a",
                rule("deny", "Prefix", ID + "shop/sa") + server + rule("deny", "Prefix", ID + "shop/sa/w"),
                "b",
                rule("allow", "Prefix", ID + "shop/sa/w"));
        assertThat(mesh.findings(DiagnosticId.PERMISSION_DEAD_RULE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("together"));
    }

    @Test
    void anAllowAndADenyThatCrossAreNotedWithACallOfBoth() {
        String server = "              sni: { type: Exact, value: kv.internal }\n";
        Manifests mesh =
                mesh("a", rule("deny", "Prefix", "spiffe://default.default.mesh.local/ns") + server, "b", ALLOW_ALL);
        assertThat(mesh.all(Target.KUMA_3)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_OPPOSED_RULES);
            assertThat(finding.message()).contains("`" + ID + "shop/sa/kv`", "`kv.internal`");
        });
    }

    @Test
    void anExceptionIsNoOpposition() {
        assertThat(ids(mesh("a", rule("deny", "Exact", ID + "shop/sa/bad"), "b", ALLOW_ALL)
                        .all(Target.KUMA_3)))
                .isEmpty();
    }

    private static List<DiagnosticId> ids(List<Diagnostic> findings) {
        return findings.stream().map(Diagnostic::id).toList();
    }

    private static Manifests mesh(String one, String rules, String other, String otherRules) {
        return withIdentity()
                .workload("shop", "kv", "kv")
                .raw(permission(one, "", rules))
                .raw(permission(other, "targetRef: { kind: Dataplane }", otherRules));
    }

    private static String permission(String name, String targetRef, String rules) {
        return """
            apiVersion: kuma.io/v1alpha1
            kind: MeshTrafficPermission
            metadata: { name: %s, namespace: shop }
            spec:
              %s
              rules:
            %s""".formatted(name, targetRef, rules);
    }

    private static String rule(String action, String type, String value) {
        return "      - default:\n          " + action + ":\n            - spiffeID: { type: " + type + ", value: "
                + value + " }\n";
    }
}
