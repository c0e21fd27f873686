package dev.writ.runtime.cli;

import dev.writ.runtime.testing.FeatureResults;
import dev.writ.runtime.testing.ScenarioFailure;
import dev.writ.runtime.testing.ScenarioOutcome;
import dev.writ.runtime.testing.ScenarioResult;
import dev.writ.runtime.testing.ScheduledScenario;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run of features as JSON. It tells no times, so that two runs of the same can be compared. */
final class TestJson {
    private TestJson() {}

    static Map<String, @Nullable Object> of(FeatureResults results) {
        return Json.object(
                "scenarios",
                results.results().stream().map(TestJson::of).toList(),
                "passed",
                results.passed(),
                "failed",
                results.failed(),
                "skipped",
                results.skipped(),
                "disagreements",
                results.disagreements(),
                "verdicts",
                results.verdicts(),
                "absent",
                results.absent().stream()
                        .map(judge -> Json.object("judge", judge.judge(), "reason", judge.reason()))
                        .toList(),
                "silentRules",
                results.silentRules(),
                "diagnostics",
                DiagnosticJson.of(results.problems()).get("diagnostics"));
    }

    private static Map<String, @Nullable Object> of(ScenarioResult result) {
        ScheduledScenario scenario = result.scenario();
        ScenarioOutcome outcome = result.outcome();
        ScenarioFailure failure = result.failure();
        return Json.object(
                "feature",
                scenario.feature(),
                "rule",
                scenario.rule().orElse(null),
                "name",
                scenario.name(),
                "tags",
                scenario.tags(),
                "location",
                place(scenario, scenario.line(), scenario.column()),
                "outcome",
                outcome.isFailure() ? "failed" : outcome.toString(),
                "kind",
                outcome.isFailure() ? outcome.toString() : null,
                "failure",
                failure == null ? null : of(scenario, failure));
    }

    private static Map<String, @Nullable Object> of(ScheduledScenario scenario, ScenarioFailure failure) {
        return Json.object(
                "location",
                place(scenario, failure.line(), failure.column()),
                "step",
                failure.step(),
                "message",
                message(failure),
                "verdicts",
                failure.opinions().stream()
                        .map(opinion -> Json.object("judge", opinion.judge(), "says", opinion.words()))
                        .toList());
    }

    /** What is printed below the step, without what it is indented by there. */
    static String message(ScenarioFailure failure) {
        return failure.report().stream()
                .map(line -> line.startsWith("    ") ? line.substring(4) : line)
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, @Nullable Object> place(ScheduledScenario scenario, int line, int column) {
        return Json.object("file", scenario.file(), "line", line, "column", column);
    }
}
