package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.RuleList;
import java.util.Optional;

/**
 * A change of one rule of an inbound, in the list that is enforced, in that of the shadow rules, or in both for a rule that is in
 * both. Without a shadow rule there is no list of them: nothing is reported then.
 */
public record InboundEdit(Optional<RuleListEdit> enforced, Optional<RuleListEdit> shadow) {

    /** The policy that it makes of another. */
    public InboundPolicy in(InboundPolicy policy) {
        Optional<RuleList> reported = policy.shadow()
                .map(list -> shadow.map(edit -> edit.in(list)).orElse(list))
                .filter(list -> !list.rules().isEmpty());
        return new InboundPolicy(
                policy.inbound(),
                policy.admission(),
                policy.form(),
                enforced.map(edit -> edit.in(policy.enforced())).orElse(policy.enforced()),
                reported);
    }

    /** Whether the last shadow rule goes. */
    boolean endsShadow(InboundPolicy policy) {
        return policy.shadow()
                .filter(list -> list.rules().size() == 1
                        && shadow.filter(edit -> edit.instead().isEmpty()).isPresent())
                .isPresent();
    }
}
