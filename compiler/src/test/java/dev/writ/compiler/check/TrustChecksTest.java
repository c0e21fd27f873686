package dev.writ.compiler.check;

import static dev.writ.compiler.check.Manifests.underlined;
import static dev.writ.compiler.check.Manifests.withIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustChecksTest {
    private static final String ID = "spiffe://default.default.mesh.local/ns/";

    @Test
    void anIdentityWhoseTrustNobodyMadeIsWarnedAbout() {
        assertThat(new Manifests().raw("""
                                apiVersion: kuma.io/v1alpha1
                                kind: MeshIdentity
                                metadata: { name: identity, namespace: kuma-system }
                                spec:
                                  selector: { dataplane: { matchLabels: {} } }
                                  provider:
                                    type: Bundled
                                    bundled:
                                      meshTrustCreation: Disabled
                                      insecureAllowSelfSigned: true
                                      autogenerate: { enabled: true }
                                """).workload("shop", "web", "web").all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.TRUST_MISSING);
                    assertThat(underlined(finding)).isEqualTo("identity");
                    assertThat(finding.message()).contains("`default.default.mesh.local`", "`shop/web`");
                });
    }

    @Test
    void aPrincipalOfATrustDomainNobodyVouchesForIsWarnedAbout() {
        assertThat(mesh().permission("kuma-demo", "", "allow", "Exact", "spiffe://partner.example/ns/a/sa/b")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.TRUST_MISSING);
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(underlined(finding)).isEqualTo("spiffe://partner.example/ns/a/sa/b");
                });
    }

    @Test
    void aTrustDomainThatIsNearlyOneOfTheMeshIsProposed() {
        assertThat(mesh().permission("kuma-demo", "", "allow", "Exact", "spiffe://default.defualt.mesh.local/ns/a/sa/b")
                        .all())
                .singleElement()
                .extracting(Diagnostic::help)
                .isEqualTo("did you mean `spiffe://default.default.mesh.local`?");
    }

    @Test
    void aDenyOfAForeignTrustDomainIsOnlyNoted() {
        assertThat(mesh().permission("kuma-demo", "", "deny", "Exact", "spiffe://partner.example/ns/a/sa/b")
                        .all())
                .extracting(Diagnostic::id, Diagnostic::severity)
                .containsExactly(tuple(DiagnosticId.TRUST_MISSING, Severity.NOTE));
    }

    @Test
    void sourcesWithoutAnIdentitySayNothingOfTrusts() {
        assertThat(new Manifests()
                        .permission("kuma-demo", "", "allow", "Exact", "spiffe://partner.example/ns/a/sa/b")
                        .all())
                .isEmpty();
    }

    @Test
    void aTrustThatAnIdentityLeftBehindIsStale() {
        assertThat(mesh().raw(trust("identity", "old.mesh.local")).findings(DiagnosticId.TRUST_STALE))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(underlined(finding)).isEqualTo("identity");
                    assertThat(finding.message()).contains("`old.mesh.local`, not for `default.default.mesh.local`");
                });
    }

    @Test
    void aForeignTrustAndOneOfTheSameTrustDomainAreNotStale() {
        assertThat(mesh().raw(trust("partner", "partner.example"))
                        .raw(trust("identity", "default.default.mesh.local"))
                        .all())
                .isEmpty();
    }

    @Test
    void aCaThatEndsWithinAMonthIsWarnedAboutAndOneThatHasEndedToo() {
        Manifests manifests = mesh().raw(trust("partner", "partner.example"));
        assertThat(manifests.allAt(Instant.parse("2126-10-20T00:00:00Z")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.TRUST_EXPIRING);
                    assertThat(underlined(finding)).isEqualTo("partner");
                    assertThat(finding.message()).isEqualTo("a CA of the MeshTrust `partner` expires on 2126-10-28");
                });
        assertThat(manifests.allAt(Instant.parse("2126-11-20T00:00:00Z")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("expired on 2126-10-28"));
        assertThat(manifests.allAt(Instant.parse("2126-09-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void anExactIdThatNoTemplateGivesIsImpossible() {
        assertThat(mesh().permission("kuma-demo", "", "allow", "Exact", ID + "kuma-demo")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_IMPOSSIBLE_PRINCIPAL);
                    assertThat(underlined(finding)).isEqualTo(ID + "kuma-demo");
                    assertThat(finding.message()).contains("`/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}`");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ns/kuma-demo/sb", "/nsx", "/ns/kuma-demo/sa/web/more"})
    void aPrefixThatNoTemplateGoesOnFromIsImpossibleAndNotOpen(String path) {
        String prefix = "spiffe://default.default.mesh.local" + path;
        assertThat(mesh().allowing(prefix).all()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_IMPOSSIBLE_PRINCIPAL);
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(underlined(finding)).isEqualTo(prefix);
            assertThat(finding.message()).startsWith("nobody can have a SPIFFE ID that begins so:");
        });
        assertThat(mesh().permission("kuma-demo", "", "deny", "Prefix", prefix).all())
                .extracting(Diagnostic::id, Diagnostic::severity)
                .containsExactly(tuple(DiagnosticId.PERMISSION_IMPOSSIBLE_PRINCIPAL, Severity.NOTE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ns", "/ns/kuma-demo/sa", "/ns/another/sa", "/ns/another/s"})
    void aPrefixThatATemplateGoesOnFromIsPossible(String path) {
        assertThat(mesh().allowing("spiffe://default.default.mesh.local" + path).all())
                .isEmpty();
    }

    @Test
    void whereACaIsAddedToTheOwnOneItMaySignAnything() {
        assertThat(mesh().raw(trust("partner", "default.default.mesh.local"))
                        .permission("kuma-demo", "", "allow", "Exact", ID + "kuma-demo")
                        .findings(DiagnosticId.PERMISSION_IMPOSSIBLE_PRINCIPAL))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ns/a/", "//a", "/ns/a%20b", ":8080/ns/a"})
    void whatIsNoSpiffeIdIsRefusedWhenItIsRead(String path) {
        assertThat(mesh().permission("kuma-demo", "", "allow", "Exact", "spiffe://default.default.mesh.local" + path)
                        .all())
                .extracting(Diagnostic::id, Diagnostic::severity)
                .containsExactly(tuple(DiagnosticId.SPIFFE_ID_INVALID, Severity.ERROR));
    }

    @Test
    void ofACaThatComesFromOutsideNothingIsImpossible() {
        assertThat(mesh().raw(trust("partner", "partner.example"))
                        .permission("kuma-demo", "", "allow", "Exact", "spiffe://partner.example/x")
                        .all())
                .isEmpty();
    }

    @Test
    void aTemplateThatPrintsMayGiveAnything() {
        assertThat(new Manifests()
                        .identity("identity", "{}", "{ path: '{{ print \"/ns/\" .Namespace }}' }")
                        .workload("kuma-demo", "kv", "kv")
                        .permission("kuma-demo", "", "allow", "Exact", ID + "kuma-demo")
                        .all())
                .isEmpty();
    }

    private static Manifests mesh() {
        return withIdentity().workload("kuma-demo", "kv", "kv");
    }

    private static String trust(String name, String trustDomain) {
        return PermissionChecksTest.trust(name, trustDomain);
    }
}
