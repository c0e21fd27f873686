package dev.writ.runtime.testing;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.ModelVerdict;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.judge.PanelVerdict;
import dev.writ.runtime.judge.Trace.RuleTrace;
import dev.writ.runtime.judge.Verdict;
import java.util.Optional;

/** A compiled policy with the judges that decide its calls. */
final class PolicyUnderTest {
    private final TestedPolicy policy;
    private final JudgePanel panel;
    private final TestRun run;
    private final TestedScenario scenario;
    private final String qualifier;
    private final RuleNames names;

    /** @param qualifier what to say behind a finding, to tell it from those of other policies of the scenario */
    PolicyUnderTest(TestedPolicy policy, JudgePanel panel, TestRun run, TestedScenario scenario, String qualifier) {
        this.policy = policy;
        this.panel = panel;
        this.run = run;
        this.scenario = scenario;
        this.qualifier = qualifier;
        this.names = policy.names();
        run.coverage().add(policy);
    }

    CallResolver resolver() {
        return policy.resolver();
    }

    /**
     * What is wrong with an expectation; empty if nothing is.
     *
     * @param rule the permission that must have decided, as written
     * @param place the step, row or cell that expects it
     * @throws JudgesDisagree if the judges do
     */
    Optional<String> mismatch(Call call, Expectation expected, Optional<String> rule, SourceSpan place) {
        Optional<String> name = rule.map(names::resolve);
        PanelVerdict judged = run.judging(() -> panel.judge(call));
        Verdict verdict = judged.verdicts().getFirst();
        Optional<ModelVerdict> explained = judged.agree() ? explained(call, verdict) : Optional.empty();
        Optional<SourceSpan> decider = explained.map(ModelVerdict::origin);
        JudgedCall made = new JudgedCall(policy, scenario, place, call, expected, name, judged, decider);
        run.add(made);
        explained.flatMap(PolicyUnderTest::shadowDecider).ifPresent(run.coverage()::decided);
        if (!judged.agree()) {
            throw JudgesDisagree.of(
                    CallText.of(call) + qualifier,
                    judged.opinions().stream()
                            .map(opinion -> opined(call, opinion))
                            .toList());
        }
        if (made.isMet()) {
            return Optional.empty();
        }
        String by = name.map(n -> " by `" + names.shown(n) + "`").orElse("");
        return Optional.of("expected " + expected.words() + by + ", got " + words(call, verdict) + qualifier);
    }

    private JudgesDisagree.Opined opined(Call call, Opinion opinion) {
        return new JudgesDisagree.Opined(
                opinion.judge(),
                switch (opinion) {
                    case Opinion.Given given -> words(call, given.verdict());
                    case Opinion.Unavailable unavailable -> "did not judge: " + unavailable.reason();
                });
    }

    private String words(Call call, Verdict verdict) {
        return VerdictText.of(verdict, names, decider(call, verdict));
    }

    /** The model knows the places of rules; it is asked for that of a verdict only if its own is the same. */
    private Optional<SourceSpan> decider(Call call, Verdict verdict) {
        return explained(call, verdict).map(ModelVerdict::origin);
    }

    /** Where the rule stands that decided what the shadow rules report: an allow may be enforced before it. */
    private static Optional<SourceSpan> shadowDecider(ModelVerdict explained) {
        return explained.trace().shadow().stream()
                .filter(RuleTrace::matched)
                .findFirst()
                .map(RuleTrace::span);
    }

    private Optional<ModelVerdict> explained(Call call, Verdict verdict) {
        ModelVerdict explained = policy.model().explain(call);
        return explained.verdict().agreesWith(verdict) ? Optional.of(explained) : Optional.empty();
    }
}
