package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.proxy.EnvoyFailure;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run of features came to.
 *
 * @param skipped those whose tags ask for judges that the run has not
 * @param problems why nothing was run: features that are not there or are not well-formed; empty otherwise
 * @param judgeFailure why the run was given up: a judge that did not work; null if none
 * @param silentRules the rules that decided no scenario: {@code kv.writ:4 `legacy`}
 * @param absent judges that were chosen and did not judge
 * @param verdicts how many each judge gave
 * @param judged each call that was judged, in the order of the scenarios
 */
public record FeatureResults(
        int passed,
        int failed,
        int skipped,
        List<Diagnostic> problems,
        @Nullable EnvoyFailure judgeFailure,
        List<String> silentRules,
        List<Opinion.Unavailable> absent,
        SortedMap<String, Integer> verdicts,
        List<JudgedCall> judged) {
    public FeatureResults {
        problems = List.copyOf(problems);
        silentRules = List.copyOf(silentRules);
        absent = List.copyOf(absent);
        verdicts = Collections.unmodifiableSortedMap(new TreeMap<>(verdicts));
        judged = List.copyOf(judged);
    }

    static FeatureResults notRun(List<Diagnostic> problems) {
        return new FeatureResults(0, 0, 0, problems, null, List.of(), List.of(), new TreeMap<>(), List.of());
    }

    public int scenarios() {
        return passed + failed + skipped;
    }
}
