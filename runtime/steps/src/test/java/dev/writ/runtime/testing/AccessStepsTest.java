package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.writ.runtime.testing.FeatureFolder.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sentences on who may call whom, and tables of workloads and identities: what they declare, and how mistakes are underlined. */
class AccessStepsTest {
    private static final String HEAD = """
            Feature: shop
              Background:
                Given the resources in "mesh.yaml"
            """;

    @TempDir
    private Path temporary;

    private FeatureFolder folder;

    @BeforeEach
    void open() {
        folder = new FeatureFolder(temporary);
    }

    @Test
    void everyWayToNameCallersLetsThemIn() {
        Outcome outcome = folder.run(HEAD + """
              Scenario Outline: <callers>
                Given <callers> may call "shop/db"
                Then these calls are decided so:
                  | caller                                          | callee  | decision |
                  | shop/web                                        | shop/db | <web>    |
                  | ops/job                                         | shop/db | <job>    |
                  | spiffe://default.default.mesh.local/ns/x/sa/web | shop/db | <other>  |
                  | anonymous                                       | shop/db | deny     |
                Examples:
                  | callers                                                           | web   | job   | other |
                  | workloads in namespace "shop"                                     | allow | deny  | deny  |
                  | workloads in namespace "shop" where app is "web"                  | allow | deny  | deny  |
                  | workloads where app is "web" and tier is "front"                  | allow | deny  | deny  |
                  | workloads where app is "job"                                      | deny  | allow | deny  |
                  | all workloads                                                     | allow | allow | deny  |
                  | "ops/job"                                                         | deny  | allow | deny  |
                  | workload "ops/job"                                                | deny  | allow | deny  |
                  | "spiffe://default.default.mesh.local/ns/x/sa/web"                 | deny  | deny  | allow |
                  | SPIFFE ID "spiffe://default.default.mesh.local/ns/{x,ops}/sa/*"   | deny  | allow | allow |
                  | "spiffe://*/ns/shop/**"                                           | allow | deny  | deny  |
                  | SPIFFE IDs beginning with "spiffe://default.default.mesh.local/n" | allow | allow | allow |
                  | anyone                                                            | allow | allow | allow |
            """);

        assertThat(outcome.lines().getFirst()).isEqualTo("12 scenarios: 12 passed");
    }

    @Test
    void everyWayToNameCalleesProtectsThem() {
        Outcome outcome = folder.run(HEAD + """
              Scenario Outline: <callees>
                Given "ops/job" may call <callees>
                Then these calls are decided so:
                  | caller  | callee   | port | decision |
                  | ops/job | shop/db  | 5432 | <db>     |
                  | ops/job | shop/web | 8080 | <web>    |
                  | ops/job | shop/web | 9000 | <other>  |
                Examples:
                  | callees                                   | db    | web   | other |
                  | "shop/db"                                 | allow | deny  | deny  |
                  | workload "shop/web" on port 9000          | deny  | deny  | allow |
                  | workloads where app is "web" on port 8080 | deny  | allow | deny  |
                  | workloads in namespace "shop"             | allow | allow | allow |
                  | all workloads                             | allow | allow | allow |
            """);

        assertThat(outcome.lines().getFirst()).isEqualTo("5 scenarios: 5 passed");
    }

    @Test
    void whatTheCallIsCountsToo() {
        Outcome outcome = folder.run(HEAD + """
              Scenario: methods and paths
                Given workloads in namespace "shop" may call "shop/web" on port 8080 with GET, HEAD on "/api/**" because "it reads"
                And "ops/job" may call "shop/web" on port 8080 on "/health"
                And "ops/job" may call "shop/web" on port 8080 with PUT "/jobs/{a,b}"
                Then these calls are decided so:
                  | caller   | callee   | port | method | path    | decision |
                  | shop/web | shop/web | 8080 | GET    | /api/x  | allow    |
                  | shop/web | shop/web | 8080 | HEAD   | /api/x  | allow    |
                  | shop/web | shop/web | 8080 | POST   | /api/x  | deny     |
                  | shop/web | shop/web | 8080 | GET    | /apis   | deny     |
                  | ops/job  | shop/web | 8080 | POST   | /health | allow    |
                  | ops/job  | shop/web | 8080 | GET    | /api/x  | deny     |
                  | ops/job  | shop/web | 8080 | PUT    | /jobs/b | allow    |
                  | ops/job  | shop/web | 8080 | PUT    | /jobs/c | deny     |
            """);

        assertThat(outcome.lines().getFirst()).isEqualTo("1 scenario: 1 passed");
    }

    @Test
    void whatIsForbiddenGoesBeforeWhatIsAllowedWhateverTheOrderAndTheTarget() {
        Outcome outcome = folder.run(HEAD + """
              @target:envoy @target:kuma-2.12 @target:kuma-2.14 @target:kuma-3
              Scenario: order
                Given workloads in namespace "shop" may call "shop/db"
                And "shop/web" may not call "shop/db"
                And "ops/job" is reported when calling "shop/db"
                When "shop/web" calls "shop/db"
                Then the call is denied by "shop.db"
                When "ops/job" calls "shop/db"
                Then the call is allowed by "shop.db"
                And the call is shadow-denied by "shop.db"
            """);

        assertThat(outcome.lines().getFirst()).isEqualTo("1 scenario: 1 passed");
    }

    @Test
    void nobodyMeansNobody() {
        Outcome outcome = folder.run(HEAD + """
              Scenario: closed
                Given anyone may call all workloads
                And nobody may call "shop/db"
                Then callers reach callees:
                  |                    | shop/db | shop/web:8080 |
                  | shop/web           | deny    | allow         |
                  | spiffe://default.default.mesh.local/x | deny | allow |
            """);

        assertThat(outcome.lines().getFirst()).isEqualTo("1 scenario: 1 passed");
    }

    @Test
    void aPolicyInWritMayStandInTheFeature() {
        Outcome outcome = folder.run(HEAD + """
              Scenario: whole declarations
                Given the policy:
                  \"""
                  group tests {
                    workload ops/job
                  }
                  permission db on workload shop/db {
                    allow workloads in namespace shop
                  }
                  \"""
                And group "tests" may call "shop/web" on port 9000
                When "shop/web" calls "shop/db"
                Then the call is allowed by "db"
                When "ops/job" calls "shop/web" on port 9000
                Then the call is allowed
            """);

        assertThat(outcome.lines().getFirst()).isEqualTo("1 scenario: 1 passed");
    }

    @Test
    void aMeshMayStandInTables() {
        folder.write("a.feature", """
                Feature: tables
                  Scenario: no file at all
                    Given these workloads:
                      | workload | service account | labels              | ports           |
                      | shop/web | web             | app=web, tier=front | 8080 http, 9000 |
                      | shop/db  |                 | app=db              | 5432            |
                    And these identities:
                      | identity | SPIFFE ID                                                             | labels  |
                      | all      | spiffe://example.org/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}     |         |
                      | fronts   | spiffe://example.org/{{ label "tier" }}/{{ label "app" }}             | app=web |
                    And workloads where tier is "front" may call "shop/db"
                    When "spiffe://example.org/front/web" calls "shop/db"
                    Then the call is allowed
                    When "shop/web" calls "shop/db"
                    Then the call is allowed
                    When "shop/db" calls "shop/db"
                    Then no rule matched
                    When "spiffe://example.org/ns/shop/sa/web" calls "shop/db"
                    Then no rule matched
                """);

        assertThat(folder.run(FeatureFolder.byModel(), "a.feature").lines().getFirst())
                .isEqualTo("1 scenario: 1 passed");
    }

    @Test
    void mistakesInASentenceAreUnderlined() {
        assertUnderlined("\"shop/web\" may call \"shop/bd\"", "shop/bd");
        assertUnderlined("group \"tests\" may call \"shop/db\"", "tests");
        assertUnderlined("anyone may call \"shop/web\" with get on \"/x\"", "get");
        assertUnderlined("anyone may call \"shop/web\" on \"x\"", "x");
        assertUnderlined("anyone may call \"shop/web\" on port 99999", "99999");
        assertUnderlined("\"spiffe://Upper/x\" may call \"shop/web\"", "U");
        assertUnderlined("workloads where app is \"a\" and app is \"b\" may call \"shop/web\"", "app");
        assertUnderlined("anyone may call \"shop/web\" because \" \"", "\" \"");
    }

    @Test
    void mistakesInATableAreUnderlined() {
        assertUnderlined("these workloads:\n      | workload | prots |\n      | shop/x   | 80    |", "prots");
        assertUnderlined("these workloads:\n      | workload | ports   |\n      | shop/x   | 80 htp  |", "htp");
        assertUnderlined("these workloads:\n      | workload | labels  |\n      | shop/x   | app web |", "app web");
        assertUnderlined(
                "these identities:\n      | identity | SPIFFE ID                   |\n      | i | spiffe://a/{{ .Nmespace }} |",
                ".Nmespace");
    }

    private void assertUnderlined(String step, String underlined) {
        Outcome outcome = folder.run(HEAD + "  Scenario: s\n    Given " + step + """

                    When "shop/web" calls "shop/db"
                    Then the call is denied
                """);
        String carets = " *\\| +\\^{" + underlined.length() + "}";
        String[] lines = outcome.text().split("\n");
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].matches(carets)) {
                int start = lines[i].indexOf('^');
                assertThat(lines[i - 1].substring(start, start + underlined.length()))
                        .as(step)
                        .isEqualTo(underlined);
                return;
            }
        }
        fail("nothing of that length is underlined in " + outcome.text());
    }
}
