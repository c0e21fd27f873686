package dev.writ.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.RuleList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatcherLoweringPropertyTest {
    private static final int POLICIES = 2_100;
    private static final int PROBES = 100;

    @Test
    void loweredTreesDecideAsTheRulesInTheirOrder() {
        int decisions = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            boolean guard = seed % 3 != 0;
            RuleList rules = random.rules(seed % 5 == 0 ? Action.ALLOW : Action.DENY);
            List<Probe> probes = random.probes(PROBES, true, rules);
            ResolvedMatcher tree = LoweringCheck.lower(rules, guard);
            if (LoweringCheck.difference(rules, guard, tree, probes).isPresent()) {
                report(seed, guard, rules, probes);
            }
            decisions += probes.size();
        }
        assertThat(decisions).isGreaterThanOrEqualTo(200_000);
    }

    private static void report(int seed, boolean guard, RuleList rules, List<Probe> probes) {
        RuleList smallest = Shrinking.shrink(
                rules,
                fewer -> LoweringCheck.difference(fewer, guard, LoweringCheck.lower(fewer, guard), probes)
                        .isPresent());
        ResolvedMatcher tree = LoweringCheck.lower(smallest, guard);
        Probe probe = LoweringCheck.difference(smallest, guard, tree, probes).orElseThrow();
        fail("seed " + seed + (guard ? " (guarded): " : ": ") + probe + "\n  by the rules "
                + LinearOracle.decide(smallest, RandomPolicy.PORT, guard, probe) + "\n  by the tree  "
                + TreeEvaluator.decide(tree, RandomPolicy.PORT, probe) + "\n" + smallest + "\n" + tree);
    }
}
