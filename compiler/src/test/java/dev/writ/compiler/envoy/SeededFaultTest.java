package dev.writ.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.ResolvedMatcher.Leaf;
import dev.writ.compiler.envoy.ResolvedMatcher.Outcome;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The property check is worth something only if it notices a lowering that is wrong: each fault is built in on purpose. */
class SeededFaultTest {
    private static final int POLICIES = 60;
    private static final int PROBES = 400;
    private static final String SHOP = "spiffe://a/ns/shop";

    /** Every one of these rules decides somebody, and every neighbour of it somebody else. */
    private static final RuleList EVERY_RULE_COUNTS = Policies.enforced(
            Policies.deny("ns/bad", Policies.segments("*", "ns", "*", "sa", "bad")),
            Policies.deny("ns/post", new Principal.Prefix("spiffe://a/ns/"), new Condition.Method(List.of("POST"))),
            Policies.deny("ns/web2", new Principal.Prefix(SHOP + "/sa/web2")),
            Policies.allow("ns/web2-exact", new Principal.Exact(SHOP + "/sa/web")),
            Policies.deny("ns/web", new Principal.Prefix(SHOP + "/sa/web")),
            Policies.allow("ns/shop", new Principal.Prefix(SHOP + "/")),
            Policies.deny("ns/evil", new Principal.Prefix(SHOP + "-evil/")),
            Policies.allow("ns/all", Policies.segments("a", "ns", "**")));

    private enum Fault {
        RULE_DROPPED {
            @Override
            ResolvedMatcher build(RuleList rules) {
                return lowered(rules, without(rules.rules(), 2));
            }
        },
        RULES_SWAPPED {
            @Override
            ResolvedMatcher build(RuleList rules) {
                List<Rule> swapped = new ArrayList<>(rules.rules());
                Collections.swap(swapped, 0, swapped.size() - 1);
                return lowered(rules, swapped);
            }
        },
        PREFIX_WIDENED {
            @Override
            ResolvedMatcher build(RuleList rules) {
                return lowered(rules, rules.rules().stream().map(Fault::widened).toList());
            }
        },
        RULE_AT_ITS_OWN_KEY {
            // What a matcher tree invites to: each exact string and prefix holds the rule that names it, in no order.
            @Override
            ResolvedMatcher build(RuleList rules) {
                ResolvedMatcher right = LoweringCheck.lower(rules, true);
                SortedMap<String, Leaf> prefixes = new TreeMap<>(right.prefixes());
                for (Rule rule : rules.rules()) {
                    if (rule.principal() instanceof Principal.Prefix prefix) {
                        Outcome own = new Outcome(rule.action(), rule.origin().name());
                        prefixes.put(prefix.value(), new Leaf(List.of(), own));
                    }
                }
                return new ResolvedMatcher(true, right.leading(), right.exact(), prefixes, right.root());
            }
        },
        PRUNED_BY_ACTION_ALONE {
            @Override
            ResolvedMatcher build(RuleList rules) {
                ResolvedMatcher right = LoweringCheck.lower(rules, true);
                SortedMap<String, Leaf> kept = new TreeMap<>(right.prefixes());
                right.prefixes().forEach((key, leaf) -> {
                    Leaf below = below(right, key);
                    if (below.otherwise().action() == leaf.otherwise().action()) {
                        kept.remove(key);
                    }
                });
                return new ResolvedMatcher(true, right.leading(), right.exact(), kept, right.root());
            }
        },
        PRUNED_TOO_MUCH {
            @Override
            ResolvedMatcher build(RuleList rules) {
                ResolvedMatcher right = LoweringCheck.lower(rules, true);
                SortedMap<String, Leaf> kept = new TreeMap<>(right.prefixes());
                if (!kept.isEmpty()) {
                    kept.remove(kept.lastKey());
                }
                return new ResolvedMatcher(true, right.leading(), new TreeMap<>(), kept, right.root());
            }
        },
        LEADING_FORGOTTEN {
            @Override
            ResolvedMatcher build(RuleList rules) {
                ResolvedMatcher right = LoweringCheck.lower(rules, true);
                return new ResolvedMatcher(true, List.of(), right.exact(), right.prefixes(), right.root());
            }
        },
        GUARD_FORGOTTEN {
            @Override
            ResolvedMatcher build(RuleList rules) {
                ResolvedMatcher right = LoweringCheck.lower(rules, true);
                return new ResolvedMatcher(false, right.leading(), right.exact(), right.prefixes(), right.root());
            }
        },
        DEFAULT_TURNED {
            @Override
            ResolvedMatcher build(RuleList rules) {
                return LoweringCheck.lower(new RuleList(rules.rules(), Action.ALLOW), true);
            }
        };

        abstract ResolvedMatcher build(RuleList rules);

        private static ResolvedMatcher lowered(RuleList rules, List<Rule> others) {
            return LoweringCheck.lower(new RuleList(others, rules.byDefault()), true);
        }

        private static Rule widened(Rule rule) {
            return rule.principal() instanceof Principal.Prefix prefix
                            && prefix.value().length() > 1
                    ? new Rule(
                            rule.action(),
                            new Principal.Prefix(
                                    prefix.value().substring(0, prefix.value().length() - 1)),
                            rule.conditions(),
                            rule.origin())
                    : rule;
        }

        private static Leaf below(ResolvedMatcher tree, String key) {
            return IntStream.range(1, key.length())
                    .mapToObj(shorter -> tree.prefixes().get(key.substring(0, key.length() - shorter)))
                    .filter(leaf -> leaf != null)
                    .findFirst()
                    .orElse(tree.root());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFaultInTheLoweringIsNoticed(Fault fault) {
        List<Probe> probes = new RandomPolicy(7).probes(PROBES * 5, false, EVERY_RULE_COUNTS);
        assertThat(LoweringCheck.difference(
                        EVERY_RULE_COUNTS, true, LoweringCheck.lower(EVERY_RULE_COUNTS, true), probes))
                .as("without the fault nothing is noticed")
                .isEmpty();
        assertThat(LoweringCheck.difference(EVERY_RULE_COUNTS, true, fault.build(EVERY_RULE_COUNTS), probes))
                .as("with the fault")
                .isPresent();
    }

    /** Many random policies have a fault that changes nothing: no leading rules to forget, a rule that another one hides. */
    @ParameterizedTest
    @EnumSource
    void aFaultInTheLoweringIsNoticedInRandomPoliciesToo(Fault fault) {
        long noticed = IntStream.range(0, POLICIES)
                .filter(seed -> isNoticed(fault, seed))
                .count();
        assertThat(noticed).isGreaterThan(POLICIES / 20);
    }

    private static boolean isNoticed(Fault fault, int seed) {
        RandomPolicy random = new RandomPolicy(seed);
        RuleList rules = random.rules(Action.DENY);
        if (rules.rules().size() < 3) {
            return false;
        }
        List<Probe> probes = random.probes(PROBES, false, rules);
        return LoweringCheck.difference(rules, true, fault.build(rules), probes).isPresent();
    }

    @Test
    void everyRuleThatIsDroppedIsNoticed() {
        List<Probe> probes = new RandomPolicy(7).probes(PROBES * 5, false, EVERY_RULE_COUNTS);
        for (int i = 0; i < EVERY_RULE_COUNTS.rules().size(); i++) {
            RuleList fewer = new RuleList(without(EVERY_RULE_COUNTS.rules(), i), Action.DENY);
            Optional<Probe> difference =
                    LoweringCheck.difference(EVERY_RULE_COUNTS, true, LoweringCheck.lower(fewer, true), probes);
            assertThat(difference).as("without rule %d", i).isPresent();
        }
    }

    private static List<Rule> without(List<Rule> rules, int index) {
        List<Rule> fewer = new ArrayList<>(rules);
        fewer.remove(index);
        return fewer;
    }
}
