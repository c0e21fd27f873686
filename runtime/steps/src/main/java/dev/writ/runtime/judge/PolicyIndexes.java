package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.RbacRules.ByPolicies;
import dev.writ.compiler.envoy.config.RbacRules.Policy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The indexes of a config's rules, made when they are asked for the second time; few policies are asked one by one. */
final class PolicyIndexes {
    private static final int FEW = 16;

    /** Empty for rules that were asked once. */
    private final Map<ByPolicies, Optional<PolicyIndex>> made = Collections.synchronizedMap(new IdentityHashMap<>());

    /** The policies that can match, in their order. */
    List<Policy> candidates(ByPolicies rules, Connection connection) {
        if (rules.policies().size() <= FEW) {
            return rules.policies();
        }
        Optional<PolicyIndex> index = made.compute(
                rules,
                (key, before) -> before == null
                        ? Optional.empty()
                        : before.isPresent() ? before : Optional.of(new PolicyIndex(rules)));
        return index.map(known -> known.candidates(connection)).orElse(rules.policies());
    }
}
