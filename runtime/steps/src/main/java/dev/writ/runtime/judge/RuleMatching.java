package dev.writ.runtime.judge;

import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Rule;
import java.util.List;

/** Which rules a call matches, by the meaning that the model judge gives them, for who changes rules one by one and asks again. */
public final class RuleMatching {
    private final List<String> uriSans;
    private final String joined;
    private final ConditionTest conditions;

    /** @param caller who makes the call: only one with a certificate gets as far as the rules */
    public RuleMatching(Call call, Caller.Certificate caller) {
        this.uriSans = caller.uriSans();
        this.joined = String.join(",", uriSans);
        this.conditions = new ConditionTest(call);
    }

    /** Of the caller. */
    public List<String> uriSans() {
        return uriSans;
    }

    public boolean matches(Rule rule) {
        if (!PrincipalTest.holds(rule.principal(), uriSans, joined)) {
            return false;
        }
        for (Condition condition : rule.conditions()) {
            if (!conditions.holds(condition)) {
                return false;
            }
        }
        return true;
    }
}
