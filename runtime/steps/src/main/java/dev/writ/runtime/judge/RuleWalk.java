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
    private final RuleList rules;
    private final int end;
    private Decision decision;
    private String name;
    private @Nullable SourceSpan origin;

    RuleWalk(RuleList rules, Call call, List<String> uriSans) {
        this.rules = rules;
        this.conditions = new ConditionTest(call);
        this.uriSans = uriSans;
        this.decision = decision(rules.byDefault());
        this.name = RuleList.DEFAULT_NAME;
        this.end = walk(String.join(",", uriSans));
    }

    /** How many rules are asked. */
    private int walk(String caller) {
        for (int i = 0; i < rules.rules().size(); i++) {
            Rule rule = rules.rules().get(i);
            if (PrincipalTest.holds(rule.principal(), uriSans, caller)
                    && rule.conditions().stream().allMatch(conditions::holds)) {
                decision = decision(rule.action());
                name = rule.origin().name();
                origin = rule.origin().span();
                return i + 1;
            }
        }
        return rules.rules().size();
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

    /** Each rule that was asked, with its why: made anew, for who wants to know. */
    List<RuleTrace> asked() {
        return rules.rules().subList(0, end).stream().map(this::trace).toList();
    }

    private RuleTrace trace(Rule rule) {
        List<Step> steps = new ArrayList<>();
        steps.add(PrincipalTest.test(rule.principal(), uriSans));
        rule.conditions().forEach(condition -> steps.add(conditions.test(condition)));
        return new RuleTrace(
                rule.action(),
                rule.origin().name(),
                rule.origin().span(),
                steps.stream().allMatch(Step::holds),
                steps);
    }

    private static Decision decision(Action action) {
        return switch (action) {
            case ALLOW -> Decision.ALLOW;
            case DENY -> Decision.DENY;
        };
    }
}
