package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.proxy.EnvoyFailure;
import dev.writ.runtime.testing.FeatureFolder.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureRunnerTest {
    private static final String HEAD = """
            Feature: shop
              Background:
                Given the resources in "mesh.yaml"
                And the permission "db-callers" on workloads where app is "db":
                  \"""
                  deny  spiffe://default.default.mesh.local/ns/shop/sa/mallory
                  allow spiffe://default.default.mesh.local/ns/shop/**
                  \"""
            """;

    @TempDir
    private Path temporary;

    private FeatureFolder folder;

    @BeforeEach
    void open() {
        folder = new FeatureFolder(temporary);
    }

    @Test
    void aRunThatPassesIsOneClosingLine() {
        Outcome outcome = folder.run(HEAD + """
              Scenario: the web
                When "shop/web" calls "shop/db"
                Then the call is allowed by "db-callers"
              Scenario: mallory
                When "spiffe://default.default.mesh.local/ns/shop/sa/mallory" calls "shop/db"
                Then the call is denied by "db-callers"
            """);

        assertThat(outcome.lines()).containsExactly("2 scenarios: 2 passed");
        assertThat(outcome.results().passed()).isEqualTo(2);
        assertThat(outcome.results().verdicts()).containsEntry("model", 2);
    }

    @Test
    void aFailureHasItsPlaceItsStepAndTheRuleThatDecided() {
        Outcome outcome = folder.run(HEAD + """
              Scenario: the web stays out
                When "shop/web" calls "shop/db"
                Then the call is denied
              Scenario: mallory
                When "spiffe://default.default.mesh.local/ns/ops/sa/mallory" calls "shop/db"
                Then the call is denied
            """);

        assertThat(outcome.lines())
                .containsExactly(
                        "a.feature:11:5: FAIL the web stays out",
                        "  Then the call is denied",
                        "    expected deny, got allow (a.feature:7 `db-callers`)",
                        "",
                        "2 scenarios: 1 passed, 1 failed",
                        "rules that decided no scenario: a.feature:6 `db-callers`");
        assertThat(outcome.results().failed()).isEqualTo(1);
    }

    @Test
    void whatWasExpectedAndFoundIsSaidOfEveryKindOfVerdict() {
        Outcome outcome = folder.run(HEAD + """
              Scenario Outline: <then>
                When "<caller>" calls "shop/db"
                Then <then>
                Examples:
                  | caller               | then                                |
                  | shop/web             | no rule matched                     |
                  | shop/web             | the call is refused by TLS          |
                  | shop/web             | the call is shadow-denied           |
                  | shop/web             | the verdict is unknown              |
                  | ops/job              | the call is allowed                 |
                  | ops/job              | the call is denied by "db-callers"  |
                  | plaintext            | no rule matched                     |
                  | anonymous            | the call is allowed                 |
            """);

        assertThat(outcome.lines().stream().filter(line -> line.startsWith("    ")))
                .containsExactly(
                        "    expected no rule to match, got allow (a.feature:7 `db-callers`)",
                        "    expected refused by TLS, got allow (a.feature:7 `db-callers`)",
                        "    expected shadow-deny, got allow (a.feature:7 `db-callers`)",
                        "    expected unknown, got allow (a.feature:7 `db-callers`)",
                        "    expected allow, got deny (no rule matched)",
                        "    expected deny by `db-callers`, got deny (no rule matched)",
                        "    expected no rule to match, got deny (refused by TLS: the inbound takes mTLS only, the call is"
                                + " plaintext)",
                        "    expected allow, got deny (refused by TLS: the caller presents no certificate)");
    }

    @Test
    void judgesThatDisagreeFailTheScenarioWhateverItExpects() {
        folder.write("a.feature", HEAD + """
              Scenario: the web
                When "shop/web" calls "shop/db" with GET "/x"
                Then the call is allowed
            """);
        JudgeBench bench = FeatureFolder.bench(
                policy -> List.of(new ModelJudge(policy.policy()), judge("envoy", Verdict.refusedByTls("a rogue CA"))));

        assertThat(folder.run(bench, "a.feature").lines())
                .containsSubsequence(
                        "a.feature:11:5: FAIL the web",
                        "    the judges disagree, which is a fault of Writ:"
                                + " spiffe://default.default.mesh.local/ns/shop/sa/web calls shop/db:5432 with GET /x",
                        "      model  allow (a.feature:7 `db-callers`)",
                        "      envoy  deny (refused by TLS: a rogue CA)",
                        "1 scenario: 0 passed, 1 failed (the judges disagree on 1)");
    }

    @Test
    void aJudgeThatFailsEndsTheRunWithOneLine() {
        folder.write("a.feature", HEAD + """
              Scenario: one
                When "shop/web" calls "shop/db"
                Then the call is allowed
              Scenario: two
                When "shop/web" calls "shop/db"
                Then the call is allowed
            """);
        List<Call> asked = new ArrayList<>();
        Judge broken = new Judge() {
            @Override
            public String name() {
                return "envoy";
            }

            @Override
            public Verdict judge(Call call) {
                asked.add(call);
                throw new EnvoyFailure("Envoy has ended", "a long log");
            }
        };

        Outcome outcome = folder.run(FeatureFolder.bench(policy -> List.of(broken)), "a.feature");

        assertThat(outcome.lines()).isEmpty();
        assertThat(outcome.results().judgeFailure()).hasMessage("Envoy has ended\na long log");
        assertThat(asked).hasSize(1);
    }

    @Test
    void anUnknownStepFailsWithTheNearestOne() {
        Outcome outcome = folder.run(HEAD + """
              Scenario: misspelt
                When "shop/web" cals "shop/db" on port 5432
                Then the call is allowed
              Scenario: other
                When the moon is full
            """);

        assertThat(outcome.lines())
                .containsSubsequence(
                        "a.feature:10:5: FAIL misspelt",
                        "  When \"shop/web\" cals \"shop/db\" on port 5432",
                        "    there is no such step; did you mean `\"CALLER\" calls \"WORKLOAD\" [on port PORT] [with METHOD"
                                + " \"PATH\"] [with server name \"NAME\"]`?",
                        "a.feature:13:5: FAIL other",
                        "    there is no such step; docs/steps.md lists the steps");
    }

    @Test
    void aScenarioThatJudgesNothingFails() {
        Outcome outcome = folder.run(HEAD + """
              Scenario: forgotten
                When "shop/web" calls "shop/db"
            """);

        assertThat(outcome.lines())
                .startsWith(
                        "a.feature:9:3: FAIL forgotten",
                        "    the scenario judges nothing: no step of it says how a call is decided");
    }

    @Test
    void aVerdictBeforeAnyCallFails() {
        assertThat(folder.run(HEAD + "  Scenario: s\n    Then the call is allowed\n")
                        .text())
                .contains("    no call has been made before this step");
    }

    @Test
    void whatIsNoGherkinIsADiagnosticAndNothingRuns() {
        folder.write("b.feature", HEAD + "  Scenario: s\n    Then the call is allowed\n");
        folder.write("a.feature", "Feature: f\n  Scenario: s\n    Given x\n    Gven y\n");

        Outcome outcome = folder.run(FeatureFolder.bench(policy -> List.of()), "a.feature", "b.feature");

        assertThat(outcome.lines().get(0)).startsWith("a.feature:4:5: error[source.syntax]: expected ");
        assertThat(outcome.results().scenarios()).isZero();
    }

    @Test
    void aFeatureThatIsNotThereIsSaid() {
        Outcome outcome = folder.run(FeatureFolder.bench(policy -> List.of()), "nope.feature");

        assertThat(outcome.text()).contains("error[source.unreadable]: the feature `nope.feature` is not there");
    }

    @Test
    void noScenarioIsToldFromScenariosThatPass() throws IOException {
        Files.createDirectory(temporary.resolve("empty"));
        Outcome nothing = folder.run(FeatureFolder.bench(policy -> List.of()), "empty");

        assertThat(nothing.results().scenarios()).isZero();
        assertThat(nothing.results().problems()).isEmpty();
        assertThat(nothing.lines()).isEmpty();
    }

    @Test
    void aFolderIsRunWithTheFoldersInItInTheOrderOfTheirNames() {
        String scenario = "Feature: f\n  Scenario: %s\n    Then the call is allowed\n";
        folder.write("all/b.feature", scenario.formatted("b"));
        folder.write("all/a/z.feature", scenario.formatted("z"));
        folder.write("all/notes.txt", "no feature");

        Outcome outcome = folder.run(FeatureFolder.bench(policy -> List.of()), "all");

        assertThat(outcome.lines().stream().filter(line -> line.contains("FAIL")))
                .containsExactly("all/a/z.feature:3:5: FAIL z", "all/b.feature:3:5: FAIL b");
    }

    @Test
    void neitherTheEnvironmentNorPropertiesFilterScenarios() {
        System.setProperty("cucumber.filter.tags", "@none");
        try {
            Outcome outcome = folder.run(HEAD + """
                  Scenario: the web
                    When "shop/web" calls "shop/db"
                    Then the call is allowed
                """);
            assertThat(outcome.lines().get(0)).isEqualTo("1 scenario: 1 passed");
        } finally {
            System.clearProperty("cucumber.filter.tags");
        }
    }

    @Test
    void theReportForCiHasEveryScenario() throws IOException {
        folder.write("a.feature", HEAD + """
              Scenario: the web
                When "shop/web" calls "shop/db"
                Then the call is denied
            """);
        Path report = temporary.resolve("junit.xml");

        folder.run(
                FeatureFolder.byModel(),
                folder.plan("a.feature").withPlugins(List.of(CucumberPlugin.parse("junit:" + report))));

        assertThat(report).content().contains("name=\"the web\"").contains("expected deny, got allow");
    }

    @Test
    void theFeaturesOfAProjectInsideAreItsOwn() {
        folder.write("ours/a.feature", HEAD.replace("mesh.yaml", "../mesh.yaml") + """
              Scenario: the web
                When "shop/web" calls "shop/db"
                Then the call is allowed
            """);
        folder.write("ours/theirs/pom.xml", "<project/>");
        folder.write("ours/theirs/src/b.feature", "Feature: b\n  Scenario: theirs\n    Given a step of theirs\n");

        assertThat(folder.run(FeatureFolder.byModel(), "ours").lines().getFirst())
                .isEqualTo("1 scenario: 1 passed");
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidBeforeAnythingRuns() {
        folder.write("a.feature", HEAD + "  Scenario: s\n    Then the call is allowed\n");
        Path inFile = folder.write("taken", "a file where the report's folder was to be")
                .resolve("report.xml");

        FeatureResults results = folder.run(
                        FeatureFolder.bench(policy -> List.of()),
                        folder.plan("a.feature").withPlugins(List.of(CucumberPlugin.parse("junit:" + inFile))))
                .results();

        assertThat(results.scenarios()).isZero();
        assertThat(results.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.id().id()).isEqualTo("artifact.unwritable"));
    }

    private static Judge judge(String name, Verdict verdict) {
        return new Judge() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Verdict judge(Call call) {
                return verdict;
            }
        };
    }
}
