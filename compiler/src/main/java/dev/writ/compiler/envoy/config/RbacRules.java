package dev.writ.compiler.envoy.config;

import java.util.List;

/** One of the two decisions of an RBAC filter. */
public sealed interface RbacRules permits RbacRules.Absent, RbacRules.ByMatcher, RbacRules.ByPolicies, Unmodelled {

    /** Nothing is configured: enforced, Envoy lets everybody pass. */
    record Absent() implements RbacRules {}

    /** Where the matcher finds no action, Envoy denies. */
    record ByMatcher(Matcher matcher) implements RbacRules {}

    /**
     * The classic {@code rules}: where no policy matches, {@code ALLOW} denies and {@code DENY} allows.
     *
     * @param policies in the order in which Envoy asks them, that of their names
     */
    record ByPolicies(OnMatch.Effect action, List<Policy> policies) implements RbacRules {
        public ByPolicies {
            policies = List.copyOf(policies);
        }
    }

    /** Matches if some permission and some principal do. */
    record Policy(String name, List<Permission> permissions, List<Identifier> principals) {
        public Policy {
            permissions = List.copyOf(permissions);
            principals = List.copyOf(principals);
        }
    }
}
