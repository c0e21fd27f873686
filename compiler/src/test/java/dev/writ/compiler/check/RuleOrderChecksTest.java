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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RuleOrderChecksTest {
    private static final String ID = "spiffe://default.default.mesh.local/ns/";
    private static final String ALLOW_ALL = rule("allow", "Prefix", ID + "shop/sa");
    private static final String DENY_ONE = rule("deny", "Exact", ID + "shop/sa/bad");

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"KUMA_2_12", "KUMA_2_13"})
    void upTo213AnEarlierAllowHidesADeny(Target target) {
        assertThat(mesh(ALLOW_ALL + DENY_ONE).all(target)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_DENY_ORDER);
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(underlined(finding)).isEqualTo(ID + "shop/sa/bad");
        });
    }

    @Test
    void laterTheOldOrderIsOnlyNoted() {
        assertThat(mesh(ALLOW_ALL + DENY_ONE).all(Target.KUMA_2_14))
                .singleElement()
                .extracting(Diagnostic::severity)
                .isEqualTo(Severity.NOTE);
    }

    @Test
    void aDenyInTheSameRuleOrBeforeItIsAskedFirstByEveryVersion() {
        assertThat(mesh(DENY_ONE + ALLOW_ALL).all(Target.KUMA_2_13)).isEmpty();
        assertThat(mesh(ALLOW_ALL + "          deny:\n" + match("Exact", ID + "shop/sa/bad"))
                        .all(Target.KUMA_2_13))
                .isEmpty();
    }

    @Test
    void aDenyOfOtherCallersIsNotHidden() {
        assertThat(ids(mesh(ALLOW_ALL + rule("deny", "Exact", ID + "shop-2/sa/bad"))
                        .all(Target.KUMA_2_13)))
                .doesNotContain(DiagnosticId.PERMISSION_DENY_ORDER);
    }

    @Test
    void aDenyThatAnEarlierDenyIncludesIsNotHidden() {
        assertThat(mesh(rule("deny", "Prefix", ID + "shop/sa/bad-")
                                + ALLOW_ALL
                                + rule("deny", "Exact", ID + "shop/sa/bad-one"))
                        .findings(DiagnosticId.PERMISSION_DENY_ORDER))
                .isEmpty();
    }

    @Test
    void anAllowWhoseCallersADenyHasIsDead() {
        assertThat(mesh(rule("deny", "Prefix", ID + "shop/sa") + rule("allow", "Exact", ID + "shop/sa/web"))
                        .findings(DiagnosticId.PERMISSION_DEAD_RULE))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(underlined(finding)).isEqualTo(ID + "shop/sa/web");
                    assertThat(finding.related())
                            .extracting(related -> related.span().text())
                            .singleElement()
                            .asString()
                            .contains("shop/sa");
                });
    }

    @Test
    void anAllowBeforeTheDenyIsAliveWhereRulesAreAskedOneByOne() {
        Manifests manifests = mesh(rule("allow", "Exact", ID + "shop/sa/web") + rule("deny", "Prefix", ID + "shop/sa"));
        assertThat(ids(manifests.all(Target.KUMA_2_13))).doesNotContain(DiagnosticId.PERMISSION_DEAD_RULE);
        assertThat(ids(manifests.all(Target.KUMA_2_14))).contains(DiagnosticId.PERMISSION_DEAD_RULE);
    }

    @Test
    void anAllowThatIsAliveOnOneInboundIsAlive() {
        assertThat(withIdentity()
                        .workload("shop", "kv", "kv")
                        .workload("shop", "web", "web")
                        .raw(permission("a", "", rule("allow", "Exact", ID + "shop/sa/web")))
                        .raw(permission(
                                "b",
                                "targetRef: { kind: Dataplane, labels: { app: kv } }",
                                rule("deny", "Prefix", ID + "shop/sa")))
                        .findings(DiagnosticId.PERMISSION_DEAD_RULE))
                .isEmpty();
    }

    @Test
    void aShadowDenyBesideAnAllowMakesNoise() {
        assertThat(mesh(ALLOW_ALL + rule("allowWithShadowDeny", "Exact", ID + "old/sa/web"))
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_SHADOW_NOISE);
                    assertThat(underlined(finding)).contains(ID + "old/sa/web");
                    assertThat(finding.message()).contains("`shop/kv`");
                });
    }

    @Test
    void aShadowDenyAloneOrOfAllThatIsAllowedMakesNone() {
        assertThat(mesh(rule("allowWithShadowDeny", "Exact", ID + "old/sa/web")).all())
                .isEmpty();
        assertThat(mesh(rule("allowWithShadowDeny", "Prefix", ID + "shop/sa") + ALLOW_ALL)
                        .all())
                .isEmpty();
    }

    private static List<DiagnosticId> ids(List<Diagnostic> findings) {
        return findings.stream().map(Diagnostic::id).toList();
    }

    private static Manifests mesh(String rules) {
        return withIdentity().workload("shop", "kv", "kv").raw(permission("mtp", "", rules));
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
        return "      - default:\n          " + action + ":\n" + match(type, value);
    }

    private static String match(String type, String value) {
        return "            - spiffeID: { type: " + type + ", value: " + value + " }\n";
    }
}
