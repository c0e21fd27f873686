package dev.writ.compiler.ir;

import dev.writ.compiler.ir.InboundPolicy.Form;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Permission;
import java.util.Optional;

/**
 * What the permissions of an inbound come to.
 *
 * @param emptyMatch the first match without a condition: then the rules are not what a proxy asks
 */
record LoweredRules(Form form, RuleList enforced, Optional<RuleList> shadow, Optional<Permission.Rule> emptyMatch) {

    InboundPolicy of(Inbound inbound, Admission admission) {
        return new InboundPolicy(inbound, admission, form, enforced, shadow);
    }
}
