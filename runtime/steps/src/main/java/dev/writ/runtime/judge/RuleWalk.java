package dev.writ.runtime.judge;

import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Trace.RuleTrace;
import dev.writ.runtime.judge.Trace.Step;
import dev.writ.runtime.judge.Verdict.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through a list of rules until one decides; where none does, the list's default. */
final class RuleWalk {
    private final ConditionTest conditions;
    private final List<String> uriSans;
    private final List<RuleTrace> asked = new ArrayList<>();
    private Decision decision;
    private String name;
    private @Nullable SourceSpan origin;

    RuleWalk(RuleList rules, Call call, List<String> uriSans) {
        this.conditions = new ConditionTest(call);
        this.uriSans = uriSans;
        this.decision = decision(rules.byDefault());
        this.name = RuleList.DEFAULT_NAME;
        for (Rule rule : rules.rules()) {
            if (ask(rule)) {
                return;
            }
        }
    }

    Decision decision() {
        return decision;
    }

    /** What decided. */
    String name() {
        return name;
    }

    @Nullable
    SourceSpan origin() {
        return origin;
    }

    List<RuleTrace> asked() {
        return asked;
    }

    /** Whether the walk ends here. */
    private boolean ask(Rule rule) {
        List<Step> steps = new ArrayList<>();
        steps.add(PrincipalTest.test(rule.principal(), uriSans));
        rule.conditions().forEach(condition -> steps.add(conditions.test(condition)));
        boolean matched = steps.stream().allMatch(Step::holds);
        asked.add(
                new RuleTrace(rule.action(), rule.origin().name(), rule.origin().span(), matched, steps));
        if (matched) {
            decision = decision(rule.action());
            name = rule.origin().name();
            origin = rule.origin().span();
        }
        return matched;
    }

    private static Decision decision(Action action) {
        return switch (action) {
            case ALLOW -> Decision.ALLOW;
            case DENY -> Decision.DENY;
        };
    }
}
