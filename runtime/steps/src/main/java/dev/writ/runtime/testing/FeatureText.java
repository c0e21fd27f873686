package dev.writ.runtime.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * A run in lines:
 *
 * <pre>
 * features/permissions.feature:14:5: FAIL callers outside the namespace are refused
 *   Then the call is denied
 *     expected deny, got allow (kv.writ:9 `demo-app`)
 *
 * 12 scenarios: 11 passed, 1 failed
 * rules that decided no scenario: kv.writ:4 `legacy`
 * </pre>
 */
public final class FeatureText {
    private FeatureText() {}

    /** A scenario that failed; nothing of others. */
    public static List<String> of(ScenarioResult result) {
        ScenarioFailure failure = result.failure();
        if (failure == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        ScheduledScenario scenario = result.scenario();
        lines.add(scenario.file() + ":" + failure.line() + ":" + failure.column() + ": FAIL " + scenario.name());
        if (failure.step() != null) {
            lines.add("  " + failure.step());
        }
        lines.addAll(failure.report());
        return lines;
    }

    /** What it all came to; nothing of a run that was given up, or that had nothing to run. */
    public static List<String> closing(FeatureResults results) {
        if (results.judgeFailure() != null || results.scenarios() == 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        if (results.failed() > 0) {
            lines.add("");
        }
        int scenarios = results.scenarios();
        lines.add(scenarios + (scenarios == 1 ? " scenario: " : " scenarios: ") + counts(results));
        if (!results.silentRules().isEmpty()) {
            lines.add("rules that decided no scenario: " + String.join(", ", results.silentRules()));
        }
        return lines;
    }

    private static String counts(FeatureResults results) {
        int apart = results.disagreements();
        return results.passed() + " passed"
                + (results.failed() > 0 ? ", " + results.failed() + " failed" : "")
                + (apart > 0 ? " (the judges disagree on " + apart + ")" : "")
                + (results.skipped() > 0 ? ", " + results.skipped() + " skipped (for other judges)" : "");
    }
}
