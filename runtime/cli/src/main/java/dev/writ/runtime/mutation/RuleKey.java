package dev.writ.runtime.mutation;

import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import java.util.List;

/**
 * A rule by what it says, so that it is the same rule for each target, workload and scenario.
 *
 * @param permission that it is of, {@code namespace/name}
 * @param action {@code allow}, {@code deny} or {@code shadow-deny}
 * @param occurrence 0, unless the permission says the same several times
 */
record RuleKey(String permission, String action, Principal callers, List<Condition> conditions, int occurrence) {

    static RuleKey of(Rule rule, String action) {
        return new RuleKey(rule.origin().label(), action, rule.principal(), rule.conditions(), 0);
    }

    RuleKey next() {
        return new RuleKey(permission, action, callers, conditions, occurrence + 1);
    }
}
