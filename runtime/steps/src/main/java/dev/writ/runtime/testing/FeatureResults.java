package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.proxy.EnvoyFailure;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a run of features came to.
 *
 * @param results of all scenarios that were run, in the order of the features
 * @param problems why nothing was run: features that are not there or are not well-formed; empty otherwise
 * @param judgeFailure why the run was given up: a judge that did not work; null if none
 * @param silentRules the rules that decided no scenario: {@code kv.writ:4 `legacy`}
 * @param absent judges that were chosen and did not judge
 * @param verdicts how many each judge gave
 * @param judged each call that was judged, in the order of the scenarios
 */
public record FeatureResults(
        List<ScenarioResult> results,
        List<Diagnostic> problems,
        @Nullable EnvoyFailure judgeFailure,
        List<String> silentRules,
        List<Opinion.Unavailable> absent,
        SortedMap<String, Integer> verdicts,
        List<JudgedCall> judged) {
    public FeatureResults {
        results = List.copyOf(results);
        problems = List.copyOf(problems);
        silentRules = List.copyOf(silentRules);
        absent = List.copyOf(absent);
        verdicts = Collections.unmodifiableSortedMap(new TreeMap<>(verdicts));
        judged = List.copyOf(judged);
    }

    static FeatureResults notRun(List<Diagnostic> problems) {
        return new FeatureResults(List.of(), problems, null, List.of(), List.of(), new TreeMap<>(), List.of());
    }

    public int scenarios() {
        return results.size();
    }

    public int passed() {
        return count(outcome -> outcome == ScenarioOutcome.PASSED);
    }

    /** Those whose tags ask for judges that the run has not. */
    public int skipped() {
        return count(outcome -> outcome == ScenarioOutcome.SKIPPED);
    }

    /** All that neither passed nor were skipped. */
    public int failed() {
        return count(ScenarioOutcome::isFailure);
    }

    /** Those of the failed on which the judges disagree. */
    public int disagreements() {
        return count(outcome -> outcome == ScenarioOutcome.JUDGES_DISAGREE);
    }

    private int count(Predicate<ScenarioOutcome> outcome) {
        return (int) results.stream()
                .filter(result -> outcome.test(result.outcome()))
                .count();
    }
}
