package dev.writ.runtime.judge;

import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Rule;
import java.util.List;

/** Which rules a call matches, by the meaning that the model judge gives them, for who changes rules one by one and asks again. */
public final class RuleMatching {
    private final List<String> uriSans;
    private final ConditionTest conditions;

    /** @param caller who makes the call: only one with a certificate gets as far as the rules */
    public RuleMatching(Call call, Caller.Certificate caller) {
        this.uriSans = caller.uriSans();
        this.conditions = new ConditionTest(call);
    }

    public boolean matches(Rule rule) {
        if (!PrincipalTest.test(rule.principal(), uriSans).holds()) {
            return false;
        }
        for (Condition condition : rule.conditions()) {
            if (!conditions.test(condition).holds()) {
                return false;
            }
        }
        return true;
    }
}
