package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.analysis.Reordering.Swap;
import dev.writ.compiler.envoy.LinearOracle;
import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.RandomPolicy;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is found of rules, against calls decided by going through the rules one by one, with and without those found to be spare. */
class RuleReviewTest {
    private static final int POLICIES = 1_000;
    private static final int PROBES = 150;

    private static @Nullable Rule decider(List<Rule> rules, Probe probe) {
        return rules.stream().filter(rule -> matches(rule, probe)).findFirst().orElse(null);
    }

    private static boolean matches(Rule rule, Probe probe) {
        return rule.conditions().stream().allMatch(c -> LinearOracle.holds(c, RandomPolicy.PORT, probe))
                && LinearOracle.contains(rule.principal(), probe.caller());
    }

    private static Action action(RuleList list, List<Rule> rules, Probe probe) {
        Rule rule = decider(rules, probe);
        return rule == null ? list.byDefault() : rule.action();
    }

    private static Probe probe(Witness witness) {
        return new Probe(
                witness.uriSans().getFirst(),
                Objects.requireNonNullElse(witness.method(), "GET"),
                Objects.requireNonNullElse(witness.path(), "/"),
                witness.serverName());
    }

    private static List<Probe> probes(RandomPolicy random, RuleList rules) {
        return random.probes(PROBES, true, rules).stream()
                .filter(probe -> SpiffeId.fault(probe.caller()).isEmpty())
                .toList();
    }

    private static RuleReview.Known review(RuleList rules) {
        return (RuleReview.Known) PolicyAnalysis.review(rules, RandomPolicy.PORT, false, List.of());
    }

    @Test
    void aRuleThatDecidesHasACallThatItDecides() {
        int seen = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RuleList rules = new RandomPolicy(seed).rules(Action.DENY);
            List<Standing> standings = review(rules).standings();
            for (int i = 0; i < standings.size(); i++) {
                Optional<Witness> witness = switch (standings.get(i)) {
                    case Standing.Decides decides -> decides.witness();
                    case Standing.Spare spare -> spare.witness();
                    case Standing.Hidden hidden -> Optional.empty();
                    case Standing.Matchless none -> Optional.empty();
                };
                boolean isAlive = !(standings.get(i) instanceof Standing.Hidden)
                        && !(standings.get(i) instanceof Standing.Matchless);
                assertThat(witness.isPresent()).isEqualTo(isAlive);
                if (witness.isPresent()) {
                    assertThat(decider(rules.rules(), probe(witness.get())))
                            .as("seed %d, rule %d of %s", seed, i, rules)
                            .isSameAs(rules.rules().get(i));
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(POLICIES);
    }

    @Test
    void aHiddenRuleDecidesNoCallAndThoseThatHideItDecideAllOfItsCalls() {
        int seen = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            RuleList rules = random.rules(Action.DENY);
            List<Standing> standings = review(rules).standings();
            for (Probe probe : probes(random, rules)) {
                for (int i = 0; i < standings.size(); i++) {
                    Rule rule = rules.rules().get(i);
                    if (matches(rule, probe)) {
                        assertThat(standings.get(i))
                                .as("seed %d, %s", seed, probe)
                                .isNotInstanceOf(Standing.Matchless.class);
                        if (standings.get(i) instanceof Standing.Hidden hidden) {
                            assertThat(hidden.by())
                                    .as("seed %d, %s", seed, probe)
                                    .contains(Objects.requireNonNull(decider(rules.rules(), probe)));
                            seen++;
                        }
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(POLICIES);
    }

    @Test
    void withoutAnyOfItsSpareRulesAPolicyDecidesTheSame() {
        int spareRules = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            RuleList rules = random.rules(seed % 5 == 0 ? Action.ALLOW : Action.DENY);
            List<Standing> standings = review(rules).standings();
            Random some = new Random(seed);
            List<Rule> all = new ArrayList<>();
            List<Rule> part = new ArrayList<>();
            for (int i = 0; i < standings.size(); i++) {
                Rule rule = rules.rules().get(i);
                boolean isSpare = standings.get(i) instanceof Standing.Spare;
                spareRules += isSpare ? 1 : 0;
                if (!isSpare) {
                    all.add(rule);
                }
                if (!isSpare || some.nextBoolean()) {
                    part.add(rule);
                }
            }
            for (Probe probe : probes(random, rules)) {
                Action expected = action(rules, rules.rules(), probe);
                assertThat(action(rules, all, probe))
                        .as("seed %d, %s, %s", seed, probe, rules)
                        .isEqualTo(expected);
                assertThat(action(rules, part, probe))
                        .as("seed %d, %s, %s", seed, probe, rules)
                        .isEqualTo(expected);
            }
        }
        assertThat(spareRules).isGreaterThan(POLICIES / 2);
    }

    @Test
    void rulesThatOpposeEachOtherBothMatchTheWitness() {
        int seen = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RuleList rules = new RandomPolicy(seed).rules(Action.DENY);
            for (Opposition opposition : review(rules).oppositions()) {
                Probe probe = probe(opposition.witness().orElseThrow());
                assertThat(decider(rules.rules(), probe)).isSameAs(opposition.decides());
                assertThat(matches(opposition.against(), probe)).isTrue();
                assertThat(opposition.against().action())
                        .isNotEqualTo(opposition.decides().action());
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(POLICIES / 10);
    }

    @Test
    @SuppressWarnings("ReferenceEquality") // equal rules are told apart by their places
    void anotherOrderDecidesOtherwiseExactlyWhereASwapSaysSo() {
        int seen = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            RuleList rules = random.rules(Action.DENY);
            List<Rule> other = new ArrayList<>(rules.rules());
            Collections.shuffle(other, new Random(seed));
            List<Swap> swaps =
                    ((Reordering.Known) PolicyAnalysis.reorder(rules.rules(), other, RandomPolicy.PORT, false)).swaps();
            for (Swap swap : swaps) {
                Probe probe = probe(swap.witness().orElseThrow());
                assertThat(decider(rules.rules(), probe)).isSameAs(swap.here());
                assertThat(decider(other, probe)).isSameAs(swap.there());
                assertThat(swap.here().action()).isNotEqualTo(swap.there().action());
            }
            for (Probe probe : probes(random, rules)) {
                Rule here = decider(rules.rules(), probe);
                Rule there = decider(other, probe);
                if (here != null && there != null && here.action() != there.action()) {
                    assertThat(swaps)
                            .as("seed %d, %s", seed, probe)
                            .anyMatch(swap -> swap.here() == here && swap.there() == there);
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(POLICIES);
    }

    @Test
    void pastItsBudgetNothingIsSaid() {
        RuleList rules = new RandomPolicy(7).rules(Action.DENY);
        assertThat(RuleReviewer.review(rules, RandomPolicy.PORT, Callers.WELL_FORMED, List.of(), 3))
                .isInstanceOf(RuleReview.Unknown.class);
        assertThat(Reorderer.compare(rules.rules(), rules.rules(), RandomPolicy.PORT, Callers.WELL_FORMED, 1))
                .isInstanceOf(Reordering.Unknown.class);
    }
}
