package dev.writ.runtime.coverage;

import static dev.writ.runtime.coverage.CoveredFeature.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCoverageTest {
    private static final String JOB = "spiffe://default.default.mesh.local/ns/ops/sa/job";

    @TempDir
    private Path temporary;

    private CoveredFeature feature = new CoveredFeature(Path.of(""));

    @BeforeEach
    void open() {
        feature = new CoveredFeature(temporary);
    }

    @Test
    void aPrefixWantsItselfWhatIsBelowALookAlikeAndASibling() {
        assertThat(missing("allow " + SHOP + "/**", from("spiffe://default.default.mesh.local/ns/empty")))
                .containsExactly(
                        "it decided no scenario",
                        "the prefix itself from " + SHOP,
                        "below the prefix from " + SHOP + "/sa/db",
                        "a look-alike of the prefix from " + SHOP + "-2/sa/db");
        assertThat(missing(
                        "allow " + SHOP + "/**",
                        from(SHOP),
                        from(SHOP + "/sa/db"),
                        from(SHOP + "2"),
                        from("spiffe://default.default.mesh.local/ns/ops/sa/job")))
                .isEmpty();
    }

    @Test
    void aPrefixWithoutASlashIsTheSameBoundary() {
        assertThat(missing("allow prefix \"" + SHOP + "\"", from(SHOP + "/sa/db")))
                .containsExactly(
                        "the prefix itself from " + SHOP,
                        "a look-alike of the prefix from " + SHOP + "-2/sa/db",
                        "a sibling of the prefix from spiffe://default.default.mesh.local/ns/ops/sa/job");
    }

    @Test
    void oneSpiffeIdWantsItselfWhatIsBelowALookAlikeAndItsParent() {
        String db = SHOP + "/sa/db";
        assertThat(missing("deny " + db, from(SHOP + "/sa/other")))
                .containsExactly(
                        "it decided no scenario",
                        "the SPIFFE ID itself from " + db,
                        "below the SPIFFE ID from " + db + "/x",
                        "a look-alike of the SPIFFE ID from " + db + "-2",
                        "the parent of the SPIFFE ID from " + SHOP + "/sa");
        assertThat(missing("deny " + db, from(db), from(db + "/a/b"), from(db + "x"), from(SHOP + "/sa")))
                .isEmpty();
    }

    @Test
    void aTrustDomainHasNoParentAndOtherTrustDomainsForSiblings() {
        String domain = "spiffe://default.default.mesh.local";
        assertThat(missing("allow " + domain + "/**", from(SHOP)))
                .containsExactly(
                        "the prefix itself from " + domain,
                        "a look-alike of the prefix from " + domain + "-2/ns/ops/sa/job",
                        "a sibling of the prefix from spiffe://other/ns/ops/sa/job");
    }

    @Test
    void aStarWantsThatTwoSegmentsWereTriedInItsPlace() {
        String pattern = "spiffe://default.default.mesh.local/ns/*/sa/untrusted";
        assertThat(missing("deny " + pattern, from(SHOP + "/sa/untrusted")))
                .containsExactly(
                        "below the pattern from spiffe://default.default.mesh.local/ns/ops/sa/untrusted/x",
                        "a look-alike of the pattern from spiffe://default.default.mesh.local/ns/ops/sa/untrusted-2",
                        "the parent of the pattern from spiffe://default.default.mesh.local/ns/ops/sa",
                        "two segments for one `*` from spiffe://default.default.mesh.local/ns/ops/any/sa/untrusted");
        assertThat(missing(
                        "deny " + pattern,
                        from(SHOP + "/sa/untrusted"),
                        from(SHOP + "/sa/untrusted/x"),
                        from(SHOP + "/sa/untrustedx"),
                        from(SHOP + "/sa"),
                        from(SHOP + "/east/sa/untrusted")))
                .isEmpty();
    }

    @Test
    void segmentsWithMoreBelowAreAPrefix() {
        String pattern = "spiffe://default.default.mesh.local/*/shop/**";
        assertThat(missing("allow " + pattern, from(SHOP + "/sa/db")))
                .containsExactly(
                        "what fits the pattern from spiffe://default.default.mesh.local/ns/shop",
                        "a look-alike of the pattern from spiffe://default.default.mesh.local/ns/shop-2/x",
                        "a sibling of the pattern from spiffe://default.default.mesh.local/ns/other/x",
                        "two segments for one `*` from spiffe://default.default.mesh.local/ns/any/shop/x");
        assertThat(missing(
                        "allow " + pattern,
                        from(SHOP + "/sa/db"),
                        from(SHOP),
                        from(SHOP + "2/sa"),
                        from("spiffe://default.default.mesh.local/ns/ops/sa"),
                        from("spiffe://default.default.mesh.local/ns/ns/shop/sa")))
                .isEmpty();
    }

    @Test
    void alternativesAreTriedOneByOneUnderTheirOneRule() {
        List<CoveredRule> rules = coverage(List.of("allow " + SHOP + "/sa/{db,web}"), from(SHOP + "/sa/db"))
                .rules();

        assertThat(rules).singleElement().satisfies(rule -> {
            assertThat(rule.place().text()).isEqualTo(SHOP + "/sa/{db,web}");
            assertThat(rule.points()).hasSize(8);
            assertThat(rule.missing()).hasSize(7);
        });
    }

    @Test
    void callersNamedAsWorkloadsWantOneOfThemAndAnother() {
        assertThat(missing("allow workloads in namespace \"shop\"", from("shop/web")))
                .containsExactly(
                        "a caller that is none of the workloads from spiffe://default.default.mesh.local/ns/ops/sa/job");
        assertThat(missing("allow workloads in namespace \"shop\"", from("ops/job")))
                .containsExactly("it decided no scenario", "one of the workloads from " + SHOP + "/sa/db");
    }

    @Test
    void everyCallerHasNoBoundary() {
        assertThat(missing("allow anyone", from("ops/job"))).isEmpty();
    }

    @Test
    void eachMethodAndAnotherOneAreWantedOfTheRulesOwnCallers() {
        String rule = "allow workload shop/web to GET, HEAD";
        assertThat(missing(rule, from("shop/web"), from("ops/job", " with POST \"/\"")))
                .containsExactly(
                        "a caller that is none of the workloads from spiffe://default.default.mesh.local/ns/ops/sa/job"
                                + " with GET \"/\"",
                        "the method itself from " + SHOP + "/sa/web with HEAD \"/\"",
                        "another method from " + SHOP + "/sa/web with POST \"/\"");
        assertThat(missing(
                        rule,
                        from("shop/web"),
                        from("shop/web", " with HEAD \"/\""),
                        from("shop/web", " with PUT \"/\""),
                        from("ops/job")))
                .isEmpty();
    }

    @Test
    void aPathIsTriedByCallsThatMeetAllElse() {
        String rule = "allow anyone to GET \"/api/**\"";
        assertThat(missing(rule, from("ops/job", " with GET \"/api/x?y\""), from("ops/job", " with POST \"/other\"")))
                .containsExactly(
                        "another method from " + JOB + " with POST \"/api/x\"",
                        "the path itself from " + JOB + " with GET \"/api\"",
                        "a look-alike of the path from " + JOB + " with GET \"/api-2\"",
                        "another path from " + JOB + " with GET \"/other\"");
        assertThat(missing(
                        rule,
                        from("ops/job", " with GET \"/api/x\""),
                        from("ops/job", " with POST \"/api/x\""),
                        from("ops/job", " with GET \"/api\""),
                        from("ops/job", " with GET \"/apiary\""),
                        from("ops/job", " with GET \"/\"")))
                .isEmpty();
    }

    @Test
    void onePathWantsALongerOneAndAnother() {
        assertThat(missing("allow anyone to GET \"/healthz\"", from("ops/job", " with GET \"/healthz\"")))
                .containsExactly(
                        "another method from " + JOB + " with POST \"/healthz\"",
                        "a longer path from " + JOB + " with GET \"/healthz/x\"",
                        "another path from " + JOB + " with GET \"/other\"");
    }

    @Test
    void whatWouldTryACallerMeetsAllElseToo() {
        assertThat(missing("allow " + SHOP + "/sa/db to POST \"/a/**\"", from(SHOP + "/sa", " with POST \"/a/b\"")))
                .contains("below the SPIFFE ID from " + SHOP + "/sa/db/x with POST \"/a/x\"");
    }

    @Test
    void aServerNameWantsAnotherOrNone() {
        String rule = "allow anyone sni \"db.shop.mesh\"";
        assertThat(missing(rule, from("ops/job")))
                .containsExactly(
                        "it decided no scenario",
                        "the server name itself from " + JOB + " with server name \"db.shop.mesh\"");
        assertThat(missing(rule, from("ops/job"), from("ops/job", " with server name \"DB.shop.mesh\"")))
                .isEmpty();
    }

    @Test
    void whoIsRefusedBeforeAnyRuleTriesNothing() {
        assertThat(missing(
                        "allow " + SHOP + "/sa/db",
                        from("anonymous"),
                        from("plaintext"),
                        "When an expired certificate of \"shop/db\" calls \"shop/db\"\nThen the call is denied",
                        "When a certificate with \"" + SHOP + "/sa/db\" and \"" + SHOP
                                + "/sa/web\" calls \"shop/db\"\nThen the call is denied"))
                .hasSize(5);
    }

    @Test
    void aTrustDomainThatTlsRefusesIsTriedByThat() {
        assertThat(missing("allow spiffe://default.default.mesh.local/**", from("spiffe://elsewhere/ns/shop/sa/db")))
                .doesNotContain("a sibling of the prefix from spiffe://other/ns/ops/sa/job")
                .hasSize(4);
    }

    @Test
    void aShadowDenyDecidesWhatIsReportedThoughAnAllowIsEnforced() {
        Path file = feature.write("f.feature", """
                @target:kuma-2.13
                Feature: f
                  Background:
                    Given the resources in "mesh.writ"
                    And the permission "p" on workload "shop/db":
                      \"""
                      allow %1$s/**
                      shadow-deny %1$s/sa/web
                      \"""
                  Scenario: s
                    When "shop/web" calls "shop/db"
                    Then the call is shadow-denied by "p"
                """.formatted(SHOP));

        List<CoveredRule> rules = PolicyCoverage.of(feature.run(file)).rules();

        assertThat(rules).extracting(CoveredRule::words).containsExactly("allow `p`", "shadow-deny `p`");
        assertThat(rules).allMatch(rule -> rule.decided().times() == 1);
    }

    @Test
    void theTargetsOfAScenarioAreOnePolicyInTheSource() {
        Path file = feature.write("f.feature", """
                @target:kuma-2.13 @target:kuma-2.14
                Feature: f
                  Background:
                    Given the resources in "mesh.writ"
                    And the permission "p" on workload "shop/db":
                      \"""
                      allow %s/**
                      \"""
                  Scenario: s
                    When "shop/web" calls "shop/db"
                    Then the call is allowed
                """.formatted(SHOP));

        PolicyCoverage coverage = PolicyCoverage.of(feature.run(file));

        assertThat(coverage.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.points()).hasSize(4);
            assertThat(rule.decided().times()).isEqualTo(2);
        });
        assertThat(coverage.covered()).isEqualTo(2);
        assertThat(coverage.percent()).contains(40.0);
        assertThat(coverage.isAtLeast(40)).isTrue();
        assertThat(coverage.isAtLeast(40.1)).isFalse();
    }

    @Test
    void aRuleForSeveralZonesAndWorkloadsIsOne() {
        feature.write("zones.writ", """
                mesh default zone east, west
                identity all on workloads {
                  id "spiffe://{{ .Zone }}.example/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
                  issue bundled { autogenerate  self-signed }
                }
                workload shop/web {
                  port 80
                  port 81
                }
                permission p on workloads {
                  allow workload shop/web
                }
                """);
        Path file = feature.write("f.feature", """
                Feature: f
                  Background:
                    Given the resources in "zones.writ"
                  Scenario: s
                    Then these calls are decided so:
                      | caller                                   | callee                                   | port | decision |
                      | spiffe://east.example/ns/shop/sa/default | mesh default zone east Dataplane shop/web | 80   | allow    |
                """);

        PolicyCoverage coverage = PolicyCoverage.of(feature.run(file));

        assertThat(coverage.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.place().text()).isEqualTo("workload shop/web");
            assertThat(rule.points()).hasSize(2);
            assertThat(rule.decided().times()).isEqualTo(1);
        });
        assertThat(coverage.workloads())
                .extracting(CoveredWorkload::name)
                .containsExactly(
                        "mesh default zone east Dataplane shop/web", "mesh default zone west Dataplane shop/web");
    }

    @Test
    void workloadsAreCallersAndCalleesAndTrustDomainsCall() {
        PolicyCoverage coverage = coverage(
                List.of("allow anyone"),
                from("shop/web"),
                "When \"plaintext\" calls \"shop/web\" on port 9000\nThen the call is denied");

        assertThat(coverage.workloads().stream()
                        .map(workload ->
                                workload.key() + " " + workload.calling().times() + " "
                                        + workload.called().entrySet().stream()
                                                .map(inbound -> inbound.getKey() + "="
                                                        + inbound.getValue().times())
                                                .toList()))
                .containsExactly("ops/job 0 []", "shop/db 0 [5432=1]", "shop/web 1 [8080=0, 9000=1]");
        assertThat(coverage.trustDomains()).singleElement().satisfies(domain -> {
            assertThat(domain.name()).isEqualTo("default.default.mesh.local");
            assertThat(domain.calling().times()).isEqualTo(1);
        });
    }

    @Test
    void withoutARuleThereIsNothingToCover() {
        Path file = feature.write("f.feature", """
                Feature: f
                  Scenario: s
                    Given the resources in "mesh.writ"
                    When "shop/web" calls "shop/db"
                    Then the call is denied
                """);

        PolicyCoverage coverage = PolicyCoverage.of(feature.run(file));

        assertThat(coverage.percent()).isEmpty();
        assertThat(coverage.isAtLeast(100)).isTrue();
    }

    private static String from(String caller) {
        return from(caller, "");
    }

    private static String from(String caller, String more) {
        return CoveredFeature.call(caller, more);
    }

    private PolicyCoverage coverage(List<String> rules, String... calls) {
        return PolicyCoverage.of(feature.run(rules, calls));
    }

    private List<String> missing(String rule, String... calls) {
        CoveredRule covered = coverage(List.of(rule), calls).rules().getFirst();
        List<String> missing = new ArrayList<>();
        if (covered.decided().never()) {
            missing.add("it decided no scenario");
        }
        covered.missing().forEach(point -> missing.add((point.point().words() + " " + point.example()).strip()));
        return missing;
    }
}
