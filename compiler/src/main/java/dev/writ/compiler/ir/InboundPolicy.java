package dev.writ.compiler.ir;

import dev.writ.compiler.model.Inbound;
import java.util.Optional;

/**
 * What decides the calls to one inbound. Under {@link Admission.Plaintext} no rule is asked.
 *
 * @param form how the target's config says the rules; it does not change what they decide
 * @param shadow rules that are evaluated beside the enforced ones and only reported
 */
public record InboundPolicy(
        Inbound inbound, Admission admission, Form form, RuleList enforced, Optional<RuleList> shadow) {

    /** Envoy's two languages for RBAC. */
    public enum Form {
        /** {@code matcher}: the first match decides, over the URI SANs. */
        MATCHER,
        /** {@code rules}: one policy with principals, of Kuma's legacy {@code from}. */
        PRINCIPALS
    }

    /** One whose rules are said as matchers. */
    public InboundPolicy(Inbound inbound, Admission admission, RuleList enforced, Optional<RuleList> shadow) {
        this(inbound, admission, Form.MATCHER, enforced, shadow);
    }
}
