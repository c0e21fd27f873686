package dev.writ.compiler.check;

import static dev.writ.compiler.check.Manifests.underlined;
import static dev.writ.compiler.check.Manifests.withIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PermissionChecksTest {
    /** A CA certificate made for this test, its key thrown away. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBhzCCAS2gAwIBAgIUUDoiw2Tw5qafP0dD9Wp0EcSDB9wwCgYIKoZIzj0EAwIw
            GDEWMBQGA1UEAwwNb3RoZXIuZXhhbXBsZTAgFw0yNjExMjExMTIyMTRaGA8yMTI2
            MTAyODExMjIxNFowGDEWMBQGA1UEAwwNb3RoZXIuZXhhbXBsZTBZMBMGByqGSM49
            AgEGCCqGSM49AwEHA0IABEarPIfW80I9uQ10xV9V0hBtEtt2uVMemWh3LUxAP/PG
            a26rd41GblD5t1/XzTwmRLfHbEThMjoN7lFkJ3hL5dWjUzBRMB0GA1UdDgQWBBRH
            K+/nMVvYFuAEX++UPGgtkTFj/zAfBgNVHSMEGDAWgBRHK+/nMVvYFuAEX++UPGgt
            kTFj/zAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDBAYWoXVEU
            9bqyZkkqXl4idY1jUAihXQ90DFmaCWWl+QIgRTnI836d0YtAo1wAe92kDua+SYYD
            kw67z0POK8fpP5o=
            -----END CERTIFICATE-----
            """;

    private static final String TRUST_DOMAIN = "spiffe://default.default.mesh.local";

    @ParameterizedTest
    @CsvSource({
        "/ns/kuma-demo, namespace, kuma-demo-2",
        "/ns/kuma-demo/sa/demo-app, service account, demo-app-2",
    })
    void aPrefixThatEndsInsideASegmentIsWarnedAboutWithItsLookAlike(String path, String what, String lookAlike) {
        assertThat(demo().allowing(TRUST_DOMAIN + path).all()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_OPEN_PREFIX);
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(underlined(finding)).isEqualTo(TRUST_DOMAIN + path);
            assertThat(finding.message())
                    .isEqualTo("the prefix ends inside a " + what + ": it also admits the " + what + " `" + lookAlike
                            + "`");
        });
    }

    @ParameterizedTest
    @CsvSource({"/ns/kuma-demo/sa/default/extra, extra-2", "/other, other-2"})
    void aPrefixThatOnlyACaFromElsewhereCanGoOnFromEndsInsideASegmentToo(String path, String lookAlike) {
        assertThat(demo().raw(trust("partner", "default.default.mesh.local"))
                        .allowing(TRUST_DOMAIN + path)
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_OPEN_PREFIX);
                    assertThat(underlined(finding)).isEqualTo(TRUST_DOMAIN + path);
                    assertThat(finding.message()).endsWith("it also admits the segment `" + lookAlike + "`");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/ns", "/ns/kuma-demo/sa", "/n", "/ns/kuma-demo/s"})
    void aPrefixThatTheTemplateContinuesWithASlashIsFine(String path) {
        assertThat(demo().allowing(TRUST_DOMAIN + path).all()).isEmpty();
    }

    @Test
    void anOpenPrefixIsExtendedThroughTheTemplatesNextLiteral() {
        assertThat(demo().allowing(TRUST_DOMAIN + "/ns/kuma-demo").all())
                .singleElement()
                .satisfies(finding -> assertThat(finding.help())
                        .isEqualTo(
                                "extend it to `" + TRUST_DOMAIN + "/ns/kuma-demo/sa`, or list the exact SPIFFE IDs"));
    }

    @Test
    void aLookAlikeThatExistsIsNamedWithItsPlace() {
        assertThat(demo().workload("kuma-demo-evil", "web", "web")
                        .allowing(TRUST_DOMAIN + "/ns/kuma-demo")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .isEqualTo(
                                    "the prefix ends inside a namespace: it also admits the namespace `kuma-demo-evil`");
                    assertThat(finding.related())
                            .extracting(related -> related.span().text())
                            .containsExactly("web");
                });
    }

    @Test
    void anotherTemplateOfTheTrustDomainMayOpenAPrefix() {
        Manifests manifests = demo().identity("flat", "{ app: kv }", "{ path: '/{{ .Workload }}' }");
        assertThat(manifests.allowing(TRUST_DOMAIN + "/ns").all())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .isEqualTo("the prefix ends inside a workload: it also admits the workload `ns-2`"));
    }

    @Test
    void aForeignTrustDomainIsTakenToUseKumasDefaultPath() {
        assertThat(demo().raw(trust("other", "other.example"))
                        .allowing("spiffe://other.example/ns/shop/sa")
                        .all())
                .isEmpty();
        assertThat(demo().raw(trust("other", "other.example"))
                        .allowing("spiffe://other.example/ns/shop")
                        .all())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).endsWith("the namespace `shop-2`"));
    }

    @Test
    void anOpenDenyIsOnlyNoted() {
        assertThat(demo().permission("kuma-demo", "", "deny", "Prefix", TRUST_DOMAIN + "/ns/evil")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(finding.message()).contains("it also denies the namespace `evil-2`");
                });
    }

    @Test
    void aShadowDenyAdmitsAndIsWarnedAbout() {
        assertThat(demo().permission("kuma-demo", "", "allowWithShadowDeny", "Prefix", TRUST_DOMAIN + "/ns/old")
                        .all())
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void anExactIdIsNoPrefix() {
        assertThat(demo().permission("kuma-demo", "", "allow", "Exact", TRUST_DOMAIN + "/ns/kuma-demo/sa/kv")
                        .all())
                .isEmpty();
    }

    @Test
    void aPrefixCutInsideTheTrustDomainIsWarnedAbout() {
        assertThat(demo().allowing("spiffe://default.default.mesh.loca").all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_CUT_TRUST_DOMAIN);
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(underlined(finding)).isEqualTo("spiffe://default.default.mesh.loca");
                    assertThat(finding.help()).isEqualTo("did you mean `spiffe://default.default.mesh.local`?");
                });
    }

    @Test
    void aWholeTrustDomainIsFoundFaultWithOnlyIfItIsNotOfTheMeshOrOneMoreStartsWithIt() {
        assertThat(demo().raw(trust("other", "other.example"))
                        .allowing("spiffe://other.example")
                        .all())
                .isEmpty();
        assertThat(demo().allowing("spiffe://example.org").all())
                .extracting(finding -> finding.id(), finding -> finding.severity())
                .containsExactly(tuple(DiagnosticId.PERMISSION_CUT_TRUST_DOMAIN, Severity.WARNING));
        assertThat(demo().raw(trust("one", "longer.example"))
                        .raw(trust("two", "longer.example.partner"))
                        .allowing("spiffe://longer.example")
                        .all())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .endsWith("also matches the trust domain `longer.example.partner`"));
    }

    @Test
    void aPermissionWhoseNamespaceHasNoWorkloadAppliesToNone() {
        assertThat(demo().permission("kuma-dmo", "", "allow", "Exact", TRUST_DOMAIN + "/ns/a/sa/b")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_SELECTS_NOTHING);
                    assertThat(underlined(finding)).isEqualTo("mtp");
                    assertThat(finding.message())
                            .isEqualTo(
                                    "the permission `kuma-dmo/mtp` applies to no workload: there is none in its namespace `kuma-dmo`, to which alone it applies");
                    assertThat(finding.help()).isEqualTo("did you mean `kuma-demo`?");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            labels: { app: kvv } ¦ kvv ¦ none has the label `app: kvv` ¦ did you mean `kv`?
            labels: { ap: kv } ¦ kv ¦ none has the label `ap` ¦ did you mean `app`?
            labels: { app: kv }, sectionName: htp ¦ htp ¦ none has the inbound `htp` ¦ did you mean `http`?
            """)
    void aTargetThatNoWorkloadMeetsIsUnderlined(String target, String underlined, String why, String help) {
        Manifests manifests = demo().permission(
                        "kuma-demo",
                        "targetRef: { kind: Dataplane, " + target + " }",
                        "allow",
                        "Exact",
                        TRUST_DOMAIN + "/ns/a/sa/b");
        assertThat(manifests.all()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_SELECTS_NOTHING);
            assertThat(underlined(finding)).isEqualTo(underlined);
            assertThat(finding.message()).endsWith(": " + why);
            assertThat(finding.help()).isEqualTo(help);
        });
    }

    @Test
    void aPermissionOfTheControlPlanesNamespaceAppliesToAll() {
        assertThat(demo().permission("kuma-system", "", "allow", "Exact", TRUST_DOMAIN + "/ns/a/sa/b")
                        .all())
                .isEmpty();
    }

    @Test
    void sourcesWithoutWorkloadsSayNothingAboutWhatIsSelected() {
        assertThat(withIdentity().allowing(TRUST_DOMAIN + "/ns/kuma-demo/sa").all())
                .isEmpty();
        assertThat(new Manifests().allowing(TRUST_DOMAIN + "/ns/kuma-demo/sa").all())
                .isEmpty();
    }

    private static Manifests demo() {
        return withIdentity().workload("kuma-demo", "demo-app", "demo-app").workload("kuma-demo", "kv", "kv");
    }

    static String trust(String name, String trustDomain) {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrust
                metadata: { name: %s, namespace: kuma-system }
                spec:
                  trustDomain: %s
                  caBundles:
                    - type: Pem
                      pem:
                        value: |
                %s
                """.formatted(name, trustDomain, CERTIFICATE.indent(10));
    }
}
