package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which scenarios of the features that were named are run: those at a line, and those of a name. */
class ScenarioChoiceTest {
    private static final String FEATURE = """
            Feature: shop
              Background:
                Given the resources in "mesh.yaml"
                And the permission "db-callers" on workloads where app is "db":
                  \"""
                  allow spiffe://default.default.mesh.local/ns/shop/**
                  \"""
              Scenario: first
                When "shop/web" calls "shop/db"
                Then the call is allowed
              Rule: outside
                Scenario: second
                  When "ops/job" calls "shop/db"
                  Then the call is denied
                Scenario Outline: <caller>
                  When "<caller>" calls "shop/db"
                  Then the call is denied
                  Examples: named
                    | caller |
                    | ops/job |
                  Examples: unnamed
                    | caller |
                    | anonymous |
                    | plaintext |
            """;

    @TempDir
    private Path temporary;

    private FeatureFolder folder;

    @BeforeEach
    void open() {
        folder = new FeatureFolder(temporary);
        folder.write("a.feature", FEATURE);
    }

    @Test
    void aLineIsThatOfAScenario() {
        assertThat(run("a.feature:8")).containsExactly("first");
    }

    @Test
    void severalLinesAreSeveralScenarios() {
        assertThat(run("a.feature:12:8")).containsExactly("first", "second");
    }

    @Test
    void aLineIsThatOfARow() {
        assertThat(run("a.feature:23")).containsExactly("anonymous");
    }

    @Test
    void aLineIsThatOfABlockOfExamples() {
        assertThat(run("a.feature:21")).containsExactly("anonymous", "plaintext");
    }

    @Test
    void aLineIsThatOfAnOutline() {
        assertThat(run("a.feature:15")).containsExactly("ops/job", "anonymous", "plaintext");
    }

    @Test
    void aLineIsThatOfARule() {
        assertThat(run("a.feature:11")).containsExactly("second", "ops/job", "anonymous", "plaintext");
    }

    @Test
    void aFileThatIsNamedTwiceIsRunForTheLinesOfBoth() {
        assertThat(run("a.feature:8", "a.feature:12")).containsExactly("first", "second");
        assertThat(run("a.feature:8", "a.feature")).hasSize(5);
    }

    @Test
    void aLineWhereNothingStandsIsAnErrorThatNamesThoseOfScenarios() {
        folder.write("a.feature", FEATURE);

        assertThat(folder.run(FeatureFolder.byModel(), "a.feature:9").text().strip())
                .isEqualTo("""
                        error[source.unreadable]: the feature `a.feature` has no scenario, examples or rule at line 9
                          = help: its scenarios stand at 8, 12, 15""");
    }

    @Test
    void aFolderHasNoLines() {
        folder.write("all/a.feature", FEATURE);

        assertThat(folder.run(FeatureFolder.byModel(), "all:3").text().strip())
                .isEqualTo("error[source.unreadable]: the feature `all` is a folder: lines are those of a file");
    }

    @Test
    void aFileWhoseNameLooksLikeLinesIsAFile() {
        folder.write("a:8", FEATURE.replace("first", "of a:8"));

        assertThat(run("a:8")).startsWith("of a:8").hasSize(5);
    }

    @Test
    void aNameIsFoundAnywhereInThatOfTheScenario() {
        TestPlan plan = folder.plan("a.feature").withName(Optional.of(Pattern.compile("^sec|text$")));

        assertThat(names(folder.run(FeatureFolder.byModel(), plan))).containsExactly("second", "plaintext");
    }

    @Test
    void theRuleAndTheFeatureOfAScenarioAreKnown() {
        ScheduledScenario row = folder.run(FeatureFolder.byModel(), "a.feature:23")
                .results()
                .results()
                .getFirst()
                .scenario();

        assertThat(row.feature()).isEqualTo("shop");
        assertThat(row.rule()).contains("outside");
        assertThat(row.line()).isEqualTo(23);
    }

    private List<String> run(String... features) {
        return names(folder.run(FeatureFolder.byModel(), features));
    }

    private static List<String> names(FeatureFolder.Outcome outcome) {
        assertThat(outcome.results().failed()).isZero();
        return outcome.results().results().stream()
                .map(result -> result.scenario().name())
                .toList();
    }
}
