package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.judge.PanelVerdict;
import dev.writ.runtime.judge.Verdict;
import java.util.Optional;

/** A compiled policy with the judges that decide its calls. */
final class PolicyUnderTest {
    private final CallResolver resolver;
    private final JudgePanel panel;
    private final ModelJudge model;
    private final RuleNames names;
    private final TestRun run;
    private final String qualifier;

    /** @param qualifier what to say behind a finding, to tell it from those of other policies of the scenario */
    PolicyUnderTest(Compilation compilation, JudgePanel panel, TestRun run, String qualifier) {
        this.resolver = new CallResolver(compilation.model());
        this.panel = panel;
        this.model = new ModelJudge(compilation.policy());
        this.names = new RuleNames(compilation);
        this.run = run;
        this.qualifier = qualifier;
        run.coverage().add(compilation.policy(), names);
    }

    CallResolver resolver() {
        return resolver;
    }

    /**
     * What is wrong with an expectation; empty if nothing is.
     *
     * @param rule the permission that must have decided, as written
     * @throws JudgesDisagree if the judges do
     */
    Optional<String> mismatch(Call call, Expectation expected, Optional<String> rule) {
        Optional<String> name = rule.map(names::resolve);
        PanelVerdict judged = run.judging(() -> panel.judge(call));
        run.count(judged);
        if (!judged.agree()) {
            throw JudgesDisagree.of(
                    CallText.of(call) + qualifier,
                    judged.opinions().stream()
                            .map(opinion -> opined(call, opinion))
                            .toList());
        }
        Verdict verdict = judged.verdicts().get(0);
        Optional<SourceSpan> place = place(call, verdict);
        place.ifPresent(run.coverage()::decided);
        if (expected.isMetBy(verdict)
                && name.map(n -> n.equals(names.decider(verdict, place))).orElse(true)) {
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
        return VerdictText.of(verdict, names, place(call, verdict));
    }

    /** The model knows the places of rules; it is asked for that of a verdict only if its own is the same. */
    private Optional<SourceSpan> place(Call call, Verdict verdict) {
        var explained = model.explain(call);
        return explained.verdict().agreesWith(verdict) ? Optional.ofNullable(explained.origin()) : Optional.empty();
    }
}
