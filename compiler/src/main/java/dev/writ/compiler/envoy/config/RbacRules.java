package dev.writ.compiler.envoy.config;

import java.util.List;
import java.util.Optional;

/** One of the two decisions of an RBAC filter. */
public sealed interface RbacRules permits RbacRules.Absent, RbacRules.ByMatcher, RbacRules.ByPolicies, Unmodelled {

    /** Nothing is configured: enforced, Envoy lets everybody pass. */
    record Absent() implements RbacRules {}

    /** Where the matcher finds no action, Envoy denies. */
    record ByMatcher(Matcher matcher) implements RbacRules {}

    /**
     * The classic {@code rules}: where no policy matches, {@code ALLOW} denies and {@code DENY} allows; {@code LOG} always allows.
     *
     * @param policies in the order in which Envoy asks them, that of the bytes of their names
     */
    record ByPolicies(OnMatch.Effect action, List<Policy> policies) implements RbacRules {
        public ByPolicies {
            policies = List.copyOf(policies);
        }
    }

    /**
     * Matches if some permission and some principal do, and the condition holds.
     *
     * @param condition in CEL, which is not modelled; empty for none
     */
    record Policy(
            String name, List<Permission> permissions, List<Identifier> principals, Optional<Unmodelled> condition) {
        public Policy {
            permissions = List.copyOf(permissions);
            principals = List.copyOf(principals);
        }
    }
}
