package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.model.ModelFixture;
import dev.writ.compiler.model.TestCertificates;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can have a SPIFFE ID: by the templates of a mesh, by its trusts. */
class IssuableIdsTest {
    private static final String OWN = "spiffe://default.default.mesh.local";

    private static String trust(String name, String trustDomain, String... certificates) {
        return """
            apiVersion: kuma.io/v1alpha1
            kind: MeshTrust
            metadata:
              name: %s
              namespace: kuma-system
            spec:
              trustDomain: %s
              caBundles:
              - type: Pem
                pem:
                  value: |
            """.formatted(name, trustDomain) + String.join("", certificates).indent(10);
    }

    private static IssuableIds withPath(String path, String... documents) {
        String identity = ModelFixture.IDENTITY.replace("/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}", path);
        String[] all = new String[documents.length + 1];
        all[0] = identity;
        System.arraycopy(documents, 0, all, 1, documents.length);
        return IssuableIds.of(ModelFixture.of(all).model().meshes());
    }

    private static IssuableIds ofGuide() {
        return withPath("/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}");
    }

    @ParameterizedTest
    @CsvSource({
        "/ns/kuma-demo/sa/web, true",
        "/ns/x/sa/y, true",
        "/ns/kuma-demo/sa, false",
        "/ns/kuma-demo/sa/web/more, false",
        "/workload/web, false",
        "'', false"
    })
    void anIdIsIssuedWhereATemplateGivesIt(String path, boolean expected) {
        assertThat(ofGuide().contains(OWN + path)).isEqualTo(expected);
        assertThat(ofGuide().meets(new Principal.Exact(OWN + path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://default.default.mesh.local/ns/kuma-demo, true",
        "spiffe://default.default.mesh.local/ns/kuma-demo/s, true",
        "spiffe://default.default.mesh.local/ns/kuma-demo/sa/, true",
        "spiffe://default.default, true",
        "spiffe://default.default.mesh.local/nsx, false",
        "spiffe://default.default.mesh.local/ns/kuma-demo/sb, false",
        "spiffe://default.default.mesh.local/ns/kuma-demo/sa/web/, false",
        "spiffe://other/ns, false"
    })
    void aPrefixMeetsWhatATemplateGives(String prefix, boolean expected) {
        assertThat(ofGuide().meets(new Principal.Prefix(prefix))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://default.default.mesh.local/ns/kuma-demo*, true",
        "spiffe://default.default.mesh.local/ns/kuma-demo/*, true",
        "spiffe://default.default.mesh.local/ns/*/sa/web, true",
        "spiffe://default.default.mesh.local/ns/kuma-demo/sa/w* (and no slash), true",
        "spiffe://*, true",
        "spiffe://default.default.mesh.local/nsx*, false",
        "spiffe://default.default.mesh.local/ns/kuma-demo* (and no slash), false",
        "spiffe://default.default.mesh.local/ns/kuma-demo/sa/web/*, false",
        "spiffe://other.example/*, false"
    })
    void aPatternSaysWhichIdentityMayGiveAnIdOfIt(String pattern, boolean expected) {
        Answer allowed = new Answer(List.of(Outcome.withoutRule(Outcome.Stage.NONE, Outcome.Decision.ALLOW)), null);
        assertThat(ofGuide().givers(new IdPattern(pattern, List.of(), allowed)))
                .isEqualTo(expected ? List.of("identity") : List.of());
    }

    @Test
    void aTrustFromElsewhereMayIssueAnything() {
        IssuableIds ids = withPath(
                "/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}",
                trust("partner", "partner.example", TestCertificates.FIRST));
        assertThat(ids.contains("spiffe://partner.example")).isTrue();
        assertThat(ids.contains("spiffe://partner.example/what/ever")).isTrue();
        assertThat(ids.contains("spiffe://partner.example.org/what/ever")).isFalse();
        assertThat(ids.contains(OWN + "/what/ever")).isFalse();
        assertThat(ids.isOfTemplate("spiffe://partner.example/what/ever")).isFalse();
    }

    @Test
    void theTrustThatKumaMadeIssuesByTemplatesAloneAndWithASecondCaAnything() {
        String path = "/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}";
        String own = "default.default.mesh.local";
        assertThat(withPath(path, trust("identity", own, TestCertificates.FIRST))
                        .contains(OWN + "/other"))
                .isFalse();
        assertThat(withPath(path, trust("identity", own, TestCertificates.FIRST, TestCertificates.SECOND))
                        .contains(OWN + "/other"))
                .isTrue();
    }

    @Test
    void aCaOfOnesOwnMayHaveSignedAnything() {
        String spire = ModelFixture.IDENTITY.substring(0, ModelFixture.IDENTITY.indexOf("    type: Bundled"))
                + "    type: Spire\n    spire: {}\n";
        IssuableIds ids = IssuableIds.of(ModelFixture.of(spire).model().meshes());
        assertThat(ids.contains(OWN + "/what/ever")).isTrue();
        assertThat(ids.isOfTemplate(OWN + "/what/ever")).isFalse();
        assertThat(ids.isOfTemplate(OWN + "/ns/a/sa/b")).isTrue();
    }

    @Test
    void textAroundAVariableIsAsked() {
        IssuableIds ids = withPath("/team-{{ label \"team\" }}/{{ .ServiceAccount }}.svc");
        assertThat(ids.contains(OWN + "/team-a/web.svc")).isTrue();
        assertThat(ids.contains(OWN + "/tea-a/web.svc")).isFalse();
        assertThat(ids.contains(OWN + "/team-a/web")).isFalse();
        assertThat(ids.meets(new Principal.Prefix(OWN + "/tea"))).isTrue();
        assertThat(ids.meets(new Principal.Prefix(OWN + "/teb"))).isFalse();
    }

    @Test
    void whatAComputedPathGivesIsLeftOpen() {
        IssuableIds ids = withPath("/{{ printf \"%s/%s\" .Namespace .ServiceAccount }}");
        assertThat(ids.contains(OWN + "/any/thing/at/all")).isTrue();
        assertThat(ids.contains("spiffe://other/any")).isFalse();
    }

    @Test
    void aPathWithoutItsSlashGoesOnInTheTrustDomain() {
        IssuableIds ids = withPath("{{ .Namespace }}/sa/{{ .ServiceAccount }}");
        assertThat(ids.contains(OWN + "shop/sa/web")).isTrue();
        assertThat(ids.meets(new Principal.Prefix(OWN + "shop/"))).isTrue();
    }

    @Test
    void anExampleIsOneOfBoth() {
        Principal below = new Principal.Segments(
                List.of(Optional.of("default.default.mesh.local"), Optional.of("ns"), Optional.of("shop")), true);
        assertThat(ofGuide().exampleOf(below)).hasValueSatisfying(id -> {
            assertThat(id).startsWith(OWN + "/ns/shop/sa/");
            assertThat(ofGuide().contains(id)).isTrue();
        });
        assertThat(ofGuide().exampleOf(new Principal.Not(new Principal.Prefix("spiffe://"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}",
                "/{{ .TrustDomain }}/{{ .Workload }}",
                "/a{{ .Namespace }}b/{{ label \"x\" }}-{{ label \"y\" }}",
                "/{{ print .Namespace }}/x"
            })
    void whatATemplateGivesIsIssuableAndSoIsWhatItBeginsWith(String path) {
        IssuableIds ids = withPath(path);
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            String id = OWN + path.replace("{{ .TrustDomain }}", "default.default.mesh.local");
            while (id.contains("{{")) {
                String value = List.of("a", "web", "kuma-demo", "X.y_z", "ns", "sa", "0")
                        .get(random.nextInt(7));
                id = id.substring(0, id.indexOf("{{")) + value + id.substring(id.indexOf("}}") + 2);
            }
            assertThat(ids.contains(id)).as(id).isTrue();
            String beginning = id.substring(0, 1 + random.nextInt(id.length()));
            assertThat(ids.meets(new Principal.Prefix(beginning))).as(beginning).isTrue();
        }
    }
}
