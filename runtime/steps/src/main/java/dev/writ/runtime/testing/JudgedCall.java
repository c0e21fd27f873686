package dev.writ.runtime.testing;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.PanelVerdict;
import dev.writ.runtime.judge.Verdict;
import java.util.Optional;

/**
 * One call that a scenario had judged: a step's, or one row's or cell's of a table. A scenario of several targets has one for each.
 *
 * @param place the judging step, or the row or cell
 * @param rule the permission that is expected to decide, by its full name, if the scenario names one
 * @param judged what each judge said
 * @param decider where the rule stands that decided, if one did and the judges agree
 */
public record JudgedCall(
        TestedPolicy policy,
        TestedScenario scenario,
        SourceSpan place,
        Call call,
        Expectation expected,
        Optional<String> rule,
        PanelVerdict judged,
        Optional<SourceSpan> decider) {

    /**
     * Whether the scenario is content with this verdict.
     *
     * @param decider where the rule stands that decided, if it is known
     */
    public boolean isMetBy(Verdict verdict, Optional<SourceSpan> decider) {
        return expected.isMetBy(verdict)
                && (rule.isEmpty() || rule.get().equals(policy.names().decider(verdict, decider)));
    }

    /** Whether the judges agree, and on what the scenario expects. */
    public boolean isMet() {
        return judged.agree() && isMetBy(verdict(), decider);
    }

    /** The first judge's verdict: that of all who agree. */
    public Verdict verdict() {
        return judged.verdicts().getFirst();
    }
}
