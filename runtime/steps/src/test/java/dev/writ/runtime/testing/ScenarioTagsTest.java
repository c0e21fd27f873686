package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.testing.FeatureFolder.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags choose targets and judges. */
class ScenarioTagsTest {
    /** Up to 2.13 the mesh-wide allow hides the deny on db. */
    private static final String ORDER = """
              Background:
                Given the resources in "mesh.yaml"
                And the permission "mesh-allow" on all workloads:
                  \"""
                  allow prefix "spiffe://default.default.mesh.local/"
                  \"""
                And the permission "db-deny" on workloads where app is "db":
                  \"""
                  deny spiffe://default.default.mesh.local/ns/shop/sa/web
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
    void aScenarioIsJudgedForEachTargetOfItsTags() {
        Outcome outcome = folder.run("@target:kuma-2.14\nFeature: order\n" + ORDER + """
                  @target:kuma-3 @slow
                  Scenario: the deny decides since 2.14
                    When "shop/web" calls "shop/db"
                    Then the call is denied by "db-deny"
                  @target:kuma-2.13
                  Scenario: but not before
                    When "shop/web" calls "shop/db"
                    Then the call is denied by "db-deny"
                """);

        assertThat(outcome.lines())
                .containsExactly(
                        "a.feature:20:5: FAIL but not before",
                        "  Then the call is denied by \"db-deny\"",
                        "    expected deny by `db-deny`, got allow (a.feature:7 `mesh-allow`) for kuma-2.13",
                        "",
                        "2 scenarios: 1 passed, 1 failed");
        assertThat(outcome.results().verdicts()).containsEntry("model", 4);
    }

    @Test
    void theTagsOfExamplesAreThoseOfTheirRows() {
        Outcome outcome = folder.run("Feature: order\n" + ORDER + """
                  Scenario Outline: the web is <decision>
                    When "shop/web" calls "shop/db"
                    Then these calls are decided so:
                      | caller   | callee  | decision   |
                      | shop/web | shop/db | <decision> |
                    And callers reach callees:
                      |          | shop/db    |
                      | shop/web | <decision> |
                    @target:kuma-2.12 @target:kuma-2.13
                    Examples: before
                      | decision |
                      | allow    |
                    @target:kuma-2.14
                    Examples: since
                      | decision |
                      | deny     |
                """);

        assertThat(outcome.lines().getFirst()).isEqualTo("2 scenarios: 2 passed");
    }

    @Test
    void theCellsOfATableSayTheTargetTheyFailFor() {
        Outcome outcome = folder.run("Feature: order\n" + ORDER + """
                  @target:kuma-2.13 @target:kuma-3
                  Scenario: the web
                    Then callers reach callees:
                      |          | shop/db |
                      | shop/web | deny    |
                """);

        assertThat(outcome.text()).contains("expected deny, got allow (a.feature:6 `mesh-allow`) for kuma-2.13");
        assertThat(outcome.text()).doesNotContain("for kuma-3");
    }

    @Test
    void aTargetThatIsNoneIsUnderlined() {
        Outcome outcome = folder.run("Feature: order\n" + ORDER + """
                  @target:kuma-2.1
                  Scenario: the web
                    When "shop/web" calls "shop/db"
                    Then the call is denied
                  @judge:modell
                  Scenario: the web again
                    When "shop/web" calls "shop/db"
                    Then the call is denied
                """);

        assertThat(outcome.text())
                .contains("a.feature:12:3: error[schema.invalid-value]: there is no target `kuma-2.1`")
                .contains("  |   ^^^^^^^^^^^^^^^^\n")
                .contains("a.feature:16:3: error[schema.invalid-value]: there is no judge `modell`")
                .contains("= help: did you mean `model`?");
    }

    @Test
    void aStepCannotNameATargetBesideTags() {
        Outcome outcome = folder.run("Feature: order\n" + ORDER + """
                  @target:kuma-2.13
                  Scenario: the web
                    Given the target "kuma-3"
                    When "shop/web" calls "shop/db"
                    Then the call is denied
                """);

        assertThat(outcome.text())
                .contains("a.feature:14:23: error[schema.duplicate]: tags name the targets of this scenario")
                .contains("a.feature:12:3: note: the first one");
    }

    @Test
    void aScenarioForOtherJudgesIsSkippedAndCounted() {
        Outcome outcome = folder.run("Feature: order\n" + ORDER + """
                  @judge:model @judge:snapshot
                  Scenario: one
                    When "shop/web" calls "shop/db"
                    Then the call is denied
                  @judge:envoy
                  Scenario: two
                    When "shop/web" calls "shop/db"
                    Then the call is allowed
                """);

        assertThat(outcome.lines().getFirst()).isEqualTo("2 scenarios: 1 passed, 1 skipped (for other judges)");
        assertThat(outcome.results().skipped()).isEqualTo(1);
    }

    @Test
    void onlyTheJudgesOfTheTagsAreAsked() {
        folder.write("a.feature", "Feature: order\n" + ORDER + """
                  @judge:model
                  Scenario: one
                    When "shop/web" calls "shop/db"
                    Then the call is denied
                """);
        List<Boolean> wanted = new ArrayList<>();
        JudgeBench bench = FeatureFolder.bench(policy -> List.of(new ModelJudge(policy.policy())), choice -> {
            wanted.add(choice.test(JudgeChoice.MODEL));
            wanted.add(choice.test(JudgeChoice.SNAPSHOT) || choice.test(JudgeChoice.ENVOY));
        });

        assertThat(folder.run(bench, "a.feature").lines().getFirst()).isEqualTo("1 scenario: 1 passed");
        assertThat(wanted).containsExactly(true, false);
    }
}
