package dev.writ.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.writ.compiler.envoy.HeaderEnvoy.Decision;
import dev.writ.compiler.envoy.HeaderEnvoy.Policy;
import dev.writ.compiler.envoy.HeaderEnvoy.Question;
import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.ResolvedMatcher.Leaf;
import dev.writ.compiler.envoy.ResolvedMatcher.Outcome;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.RuleList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares what a real Envoy does with lowered rules to the rules read from top to bottom. */
class MatcherLoweringEnvoyTest {
    private static final int POLICIES = 320;
    private static final int PROBES = 100;

    /** @param probes with callers that a header can carry */
    private record Trial(int seed, boolean guard, RuleList enforced, RuleList shadow, List<Probe> probes) {
        static Trial of(int seed) {
            RandomPolicy random = new RandomPolicy(1_000_000L + seed);
            RuleList enforced = random.rules(seed % 5 == 0 ? Action.ALLOW : Action.DENY);
            RuleList shadow = random.rules(seed % 4 == 0 ? Action.DENY : Action.ALLOW);
            return new Trial(seed, seed % 3 != 0, enforced, shadow, random.probes(PROBES, false, enforced, shadow));
        }

        Policy lowered() {
            return new Policy(LoweringCheck.lower(enforced, guard), LoweringCheck.lower(shadow, false));
        }

        Trial with(RuleList otherEnforced) {
            return new Trial(seed, guard, otherEnforced, shadow, probes);
        }

        Decision expected(Probe probe) {
            return new Decision(
                    LinearOracle.decide(enforced, RandomPolicy.PORT, guard, probe),
                    LinearOracle.decide(shadow, RandomPolicy.PORT, false, probe));
        }
    }

    @Test
    void envoyDecidesLoweredRulesAsTheyReadFromTopToBottom() throws Exception {
        long start = System.nanoTime();
        List<Trial> trials = IntStream.range(0, POLICIES).mapToObj(Trial::of).toList();
        List<Question> questions = trials.stream()
                .flatMap(trial -> trial.probes().stream().map(probe -> new Question(trial.seed(), probe)))
                .toList();
        List<Decision> decisions;
        try (HeaderEnvoy envoy =
                HeaderEnvoy.start(trials.stream().map(Trial::lowered).toList())) {
            decisions = envoy.decide(questions);
        }
        for (int i = 0; i < questions.size(); i++) {
            Trial trial = trials.get(questions.get(i).policy());
            Probe probe = questions.get(i).probe();
            if (!decisions.get(i).equals(trial.expected(probe))) {
                fail(report(trial, probe, decisions.get(i)));
            }
        }
        assertThat(decisions).hasSizeGreaterThanOrEqualTo(30_000);
        System.out.printf(
                "%,d decisions of %d random policies by Envoy in %.1f s, with the rules' names and the shadow results%n",
                decisions.size(), POLICIES, (System.nanoTime() - start) / 1e9);
    }

    /** A tree with each rule at its own key: the longest prefix wins, whatever the rules' order. */
    @Test
    void envoyShowsWhatAWrongTreeDoes() throws Exception {
        RuleList rules = Policies.enforced(
                Policies.deny("ns/all", new Principal.Prefix("spiffe://a/")),
                Policies.allow("ns/shop", new Principal.Prefix("spiffe://a/shop/")));
        ResolvedMatcher right = LoweringCheck.lower(rules, true);
        Outcome allow = new Outcome(Action.ALLOW, "ns/shop");
        SortedMap<String, Leaf> prefixes = new TreeMap<>(right.prefixes());
        prefixes.put("spiffe://a/shop/", new Leaf(List.of(), allow));
        ResolvedMatcher wrong = new ResolvedMatcher(true, right.leading(), right.exact(), prefixes, right.root());
        Probe probe = new Probe("spiffe://a/shop/web", "GET", "/", null);
        List<Policy> policies = List.of(new Policy(right, right), new Policy(wrong, right));
        try (HeaderEnvoy envoy = HeaderEnvoy.start(policies)) {
            assertThat(envoy.decide(List.of(new Question(0, probe), new Question(1, probe))))
                    .extracting(Decision::enforced)
                    .containsExactly(LinearOracle.decide(rules, RandomPolicy.PORT, true, probe), allow);
        }
    }

    /** The smallest enforced list on which Envoy is wrong about this call, found with an Envoy for each attempt. */
    private static String report(Trial trial, Probe probe, Decision wrong) {
        RuleList smallest = Shrinking.shrink(trial.enforced(), fewer -> isWrong(trial.with(fewer), probe));
        return "seed " + trial.seed() + (trial.guard() ? " (guarded): " : ": ") + probe + "\n  by the rules "
                + trial.expected(probe) + "\n  by Envoy     " + wrong + "\nenforced, made small: " + smallest
                + "\nshadow: " + trial.shadow();
    }

    private static boolean isWrong(Trial trial, Probe probe) {
        try (HeaderEnvoy envoy = HeaderEnvoy.start(List.of(trial.lowered()))) {
            Decision decision = envoy.decide(List.of(new Question(0, probe))).get(0);
            return !decision.enforced().equals(trial.expected(probe).enforced());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
