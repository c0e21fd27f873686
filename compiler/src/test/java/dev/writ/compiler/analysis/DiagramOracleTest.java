package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.envoy.LinearOracle;
import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.RandomPolicy;
import dev.writ.compiler.envoy.Shrinking;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The diagram of a list of rules against an oracle that goes through the rules one by one. */
class DiagramOracleTest {
    private static final int POLICIES = 1_500;
    private static final int PROBES = 120;
    private static final int REQUESTS = 16;

    /** The diagrams of both halves of all strings. */
    private record Built(Diagram wellFormed, Node ofWellFormed, Diagram other, Node ofOther) {
        static Built of(RuleList rules) {
            Diagram wellFormed = new Diagram(Diagram.BUDGET);
            Diagram other = new Diagram(Diagram.BUDGET);
            return new Built(
                    wellFormed,
                    build(wellFormed, Callers.WELL_FORMED, rules),
                    other,
                    build(other, Callers.OTHER, rules));
        }

        /** Which half a probe is in is the specification's to say, not the diagram's. */
        Object decide(Probe probe) {
            Witness call = new Witness(
                    Witness.Transport.CERTIFICATE, List.of(probe.caller()), probe.sni(), probe.method(), probe.path());
            return isWellFormed(probe.caller())
                    ? new Lookup(wellFormed, call).in(ofWellFormed)
                    : new Lookup(other, call).in(ofOther);
        }
    }

    /** Of any length: a diagram of well-formed strings knows no limit of it. */
    private static boolean isWellFormed(String caller) {
        return SpiffeId.fault(caller)
                .filter(fault -> !fault.message().contains("at most"))
                .isEmpty();
    }

    private static Node build(Diagram diagram, Callers callers, RuleList rules) {
        RuleDiagram made = new RuleDiagram(
                diagram, callers, Certificates.ONE_URI_SAN, RandomPolicy.PORT, RuleDiagram.Naming::asEmitted);
        return Relabel.values(diagram, value -> made.decided(rules, value)).of(made.numbers(rules));
    }

    private static Decided oracle(RuleList rules, Probe probe) {
        for (Rule rule : rules.rules()) {
            if (rule.conditions().stream().allMatch(c -> LinearOracle.holds(c, RandomPolicy.PORT, probe))
                    && LinearOracle.contains(rule.principal(), probe.caller())) {
                return new Decided(decision(rule.action()), rule.origin().name(), null);
            }
        }
        return new Decided(decision(rules.byDefault()), RuleList.DEFAULT_NAME, null);
    }

    private static Decision decision(Action action) {
        return action == Action.ALLOW ? Decision.ALLOW : Decision.DENY;
    }

    private static Optional<Probe> difference(RuleList rules, List<Probe> probes) {
        Built built = Built.of(rules);
        return probes.stream()
                .filter(probe -> !built.decide(probe).equals(oracle(rules, probe)))
                .findFirst();
    }

    /** More strings about the same boundary: other schemes, other case, trailing and doubled slashes, too long. */
    private static List<Probe> bent(List<Probe> probes, Random random) {
        List<Probe> bent = new ArrayList<>();
        for (Probe probe : probes) {
            String caller = probe.caller();
            String other = switch (random.nextInt(9)) {
                case 0 -> caller.toUpperCase(Locale.ROOT);
                case 1 -> caller.replace("spiffe:", "SPIFFE:");
                case 2 -> caller + "/";
                case 3 -> caller.replace("/ns", "//ns");
                case 4 -> caller + "/" + "l".repeat(2048);
                case 5 -> caller.replace("spiffe://", "spiffe:/");
                case 6 -> caller + "\u0000";
                case 7 -> caller + ".";
                default -> caller.replace("spiffe://", "https://");
            };
            bent.add(new Probe(other, probe.method(), probe.path(), probe.sni()));
        }
        return bent;
    }

    @Test
    void aDiagramDecidesAsItsRulesInTheirOrder() {
        int decisions = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            RuleList rules = random.rules(seed % 5 == 0 ? Action.ALLOW : Action.DENY);
            List<Probe> probes = new ArrayList<>(random.probes(PROBES, true, rules));
            probes.addAll(bent(probes, new Random(seed)));
            if (difference(rules, probes).isPresent()) {
                report(seed, rules, probes);
            }
            decisions += probes.size();
        }
        assertThat(decisions).isGreaterThanOrEqualTo(POLICIES * PROBES);
    }

    /** Every caller with every request, which costs the oracle one look at each caller and one at each request. */
    @Test
    void millionsOfCallsAtTheBoundariesAreDecidedAsByTheRules() {
        long calls = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            RuleList rules = random.rules(seed % 5 == 0 ? Action.ALLOW : Action.DENY);
            List<Probe> probes = new ArrayList<>(random.probes(PROBES, true, rules));
            probes.addAll(bent(probes, new Random(seed)));
            List<String> callers = probes.stream().map(Probe::caller).distinct().toList();
            List<Probe> requests = probes.stream()
                    .map(probe -> new Probe("", probe.method(), probe.path(), probe.sni()))
                    .distinct()
                    .limit(REQUESTS)
                    .toList();
            calls += agree(rules, callers, requests, seed);
        }
        assertThat(calls).isGreaterThan(2_000_000);
    }

    private static long agree(RuleList rules, List<String> callers, List<Probe> requests, int seed) {
        Built built = Built.of(rules);
        Decided otherwise = new Decided(decision(rules.byDefault()), RuleList.DEFAULT_NAME, null);
        List<Decided> decided = rules.rules().stream()
                .map(rule -> new Decided(decision(rule.action()), rule.origin().name(), null))
                .toList();
        List<BitSet> ofRequests = requests.stream()
                .map(request -> where(
                        rules,
                        rule -> rule.conditions().stream()
                                .allMatch(condition -> LinearOracle.holds(condition, RandomPolicy.PORT, request))))
                .toList();
        // What is asked of the caller is asked once, and what is asked of a request once it is known who calls.
        List<Witness> asked = requests.stream()
                .map(request -> new Witness(
                        Witness.Transport.CERTIFICATE, List.of(), request.sni(), request.method(), request.path()))
                .toList();
        List<Lookup> ofWellFormed =
                asked.stream().map(call -> new Lookup(built.wellFormed(), call)).toList();
        List<Lookup> ofOther =
                asked.stream().map(call -> new Lookup(built.other(), call)).toList();
        for (String caller : callers) {
            BitSet ofCaller = where(rules, rule -> LinearOracle.contains(rule.principal(), caller));
            boolean wellFormed = isWellFormed(caller);
            Witness any = Witness.of(caller);
            Node left = wellFormed
                    ? new Lookup(built.wellFormed(), any).ofCaller(built.ofWellFormed())
                    : new Lookup(built.other(), any).ofCaller(built.ofOther());
            for (int i = 0; i < requests.size(); i++) {
                Probe request = requests.get(i);
                int rule = first(ofCaller, ofRequests.get(i));
                Object expected = rule < 0 ? otherwise : decided.get(rule);
                Object found = (wellFormed ? ofWellFormed : ofOther).get(i).in(left);
                if (!found.equals(expected)) {
                    report(seed, rules, List.of(new Probe(caller, request.method(), request.path(), request.sni())));
                }
            }
        }
        return (long) callers.size() * requests.size();
    }

    private static BitSet where(RuleList rules, Predicate<Rule> predicate) {
        BitSet holding = new BitSet(rules.rules().size());
        for (int i = 0; i < rules.rules().size(); i++) {
            holding.set(i, predicate.test(rules.rules().get(i)));
        }
        return holding;
    }

    /** The first rule that is in both; -1 if none is. */
    private static int first(BitSet ofCaller, BitSet ofRequest) {
        int rule = ofCaller.nextSetBit(0);
        while (rule >= 0 && !ofRequest.get(rule)) {
            rule = ofCaller.nextSetBit(rule + 1);
        }
        return rule;
    }

    private static void report(int seed, RuleList rules, List<Probe> probes) {
        RuleList smallest =
                Shrinking.shrink(rules, fewer -> difference(fewer, probes).isPresent());
        Probe probe = difference(smallest, probes).orElseThrow();
        fail("seed " + seed + ": " + probe + "\n  by the rules   " + oracle(smallest, probe) + "\n  by the diagram "
                + Built.of(smallest).decide(probe) + "\n" + smallest);
    }

    @Test
    void policiesThatDecideTheSameAreTheSameNode() {
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            RuleList rules = random.rules(Action.DENY);
            RuleList same = new RuleList(rewritten(rules.rules(), new Random(seed)), rules.byDefault());
            for (Callers callers : Callers.values()) {
                Diagram diagram = new Diagram(Diagram.BUDGET);
                assertThat(build(diagram, callers, same))
                        .as("seed %d, %s\n%s\n%s", seed, callers, rules, same)
                        .isSameAs(build(diagram, callers, rules));
            }
        }
    }

    /** Other rules that come to the same. */
    private static List<Rule> rewritten(List<Rule> rules, Random random) {
        List<Rule> rewritten = new ArrayList<>();
        for (Rule rule : rules) {
            Principal principal = switch (random.nextInt(5)) {
                case 0 -> new Principal.Not(new Principal.Not(rule.principal()));
                case 1 -> new Principal.AnyOf(List.of(rule.principal(), new Principal.AnyOf(List.of())));
                case 2 ->
                    new Principal.AllOf(List.of(
                            rule.principal(),
                            new Principal.AnyOf(List.of(
                                    new Principal.Prefix("spiffe://"),
                                    new Principal.Not(new Principal.Prefix("spiffe://"))))));
                default -> rule.principal();
            };
            rewritten.add(new Rule(rule.action(), principal, rule.conditions(), rule.origin()));
        }
        // A rule that was asked before decides nothing when it is asked again.
        List<Rule> again = new ArrayList<>(rules);
        Collections.shuffle(again, random);
        rewritten.addAll(again);
        return rewritten;
    }

    @Test
    void policiesThatSomeProbeTellsApartAreDifferentNodes() {
        int apart = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            RuleList rules = random.rules(Action.DENY);
            List<Rule> fewer = new ArrayList<>(rules.rules());
            fewer.remove(seed % fewer.size());
            RuleList other = new RuleList(fewer, Action.DENY);
            List<Probe> probes = random.probes(PROBES, true, rules);
            boolean differs = probes.stream()
                    .filter(probe -> isWellFormed(probe.caller()))
                    .anyMatch(probe -> !oracle(rules, probe).equals(oracle(other, probe)));
            Diagram diagram = new Diagram(Diagram.BUDGET);
            boolean same = build(diagram, Callers.WELL_FORMED, rules) == build(diagram, Callers.WELL_FORMED, other);
            assertThat(differs && same).as("seed %d", seed).isFalse();
            apart += differs ? 1 : 0;
        }
        assertThat(apart).isGreaterThan(POLICIES / 4);
    }
}
