package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.LinearOracle;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.RandomPolicy;
import dev.writ.compiler.envoy.Shrinking;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.envoy.SnapshotEmitter;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Origin;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is emitted is proved equal to its policy, and a fault on the way shows as a call that both decide differently. */
class EquivalenceTest {
    private static final int POLICIES = 400;
    private static final List<String> TRUSTED = List.of("a", "a.b", "ab", "a-b");

    private static InboundPolicy policy(RuleList rules, Optional<RuleList> shadow) {
        MutualTls tls = new MutualTls(
                TRUSTED,
                TRUSTED.stream().map(domain -> "spiffe://" + domain + "/").toList(),
                true);
        return new InboundPolicy(Policies.inbound(RandomPolicy.PORT, Protocol.HTTP), tls, rules, shadow);
    }

    private static Optional<EnvoyConfig> emitted(InboundPolicy policy) {
        Optional<Snapshot> snapshot = SnapshotEmitter.emit(Policies.workload("kv", policy), new DiagnosticSink());
        return snapshot.map(one -> EnvoyConfigReader.read(one).orElseThrow());
    }

    private static Claim claim(InboundPolicy policy, InboundPolicy compiled) {
        return emitted(compiled)
                .map(config -> PolicyAnalysis.prove(policy, config))
                .orElse(new Claim.Unknown(RandomPolicy.PORT, "refused"));
    }

    private static InboundPolicy random(int seed) {
        RandomPolicy random = new RandomPolicy(seed);
        RuleList rules = random.rules(seed % 5 == 0 ? Action.ALLOW : Action.DENY);
        Optional<RuleList> shadow = seed % 3 == 0 ? Optional.of(random.rules(Action.ALLOW)) : Optional.empty();
        return policy(rules, shadow);
    }

    @Test
    void whatIsEmittedEqualsItsPolicy() {
        int proved = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            InboundPolicy policy = random(seed);
            switch (claim(policy, policy)) {
                case Claim.Equal equal -> proved++;
                case Claim.Unknown unknown ->
                    assertThat(unknown.reason()).as("seed %d", seed).isEqualTo("refused");
                case Claim.Different different -> report(seed, policy, different);
            }
        }
        assertThat(proved).isGreaterThan(POLICIES * 9 / 10);
    }

    private static void report(int seed, InboundPolicy policy, Claim.Different different) {
        RuleList smallest = Shrinking.shrink(
                policy.enforced(),
                fewer -> claim(policy(fewer, policy.shadow()), policy(fewer, policy.shadow()))
                        instanceof Claim.Different);
        fail("seed " + seed + ": " + different + "\n" + smallest + "\nshadow " + policy.shadow());
    }

    /** Faults between the policy and what is emitted for it. */
    private enum Fault {
        DROPPED {
            @Override
            List<Rule> in(List<Rule> rules) {
                rules.remove(rules.size() / 2);
                return rules;
            }
        },
        SWAPPED {
            @Override
            List<Rule> in(List<Rule> rules) {
                Collections.reverse(rules);
                return rules;
            }
        },
        WIDENED {
            @Override
            List<Rule> in(List<Rule> rules) {
                return rules.stream().map(Fault::widened).toList();
            }
        },
        UNCONDITIONAL {
            @Override
            List<Rule> in(List<Rule> rules) {
                return rules.stream()
                        .map(rule -> new Rule(rule.action(), rule.principal(), List.of(), rule.origin()))
                        .toList();
            }
        },
        TURNED {
            @Override
            List<Rule> in(List<Rule> rules) {
                Rule last = rules.removeLast();
                Action other = last.action() == Action.ALLOW ? Action.DENY : Action.ALLOW;
                rules.add(new Rule(other, last.principal(), last.conditions(), last.origin()));
                return rules;
            }
        },
        RENAMED {
            @Override
            List<Rule> in(List<Rule> rules) {
                Rule first = rules.removeFirst();
                Origin other = new Origin("ns/other", first.origin().span());
                rules.addFirst(new Rule(first.action(), first.principal(), first.conditions(), other));
                return rules;
            }
        };

        abstract List<Rule> in(List<Rule> rules);

        private static Rule widened(Rule rule) {
            Principal wider = rule.principal() instanceof Principal.Exact exact
                    ? new Principal.Prefix(exact.value())
                    : rule.principal();
            return new Rule(rule.action(), wider, rule.conditions(), rule.origin());
        }
    }

    /** Many random policies have a fault that changes nothing: a rule that another one hides, no exact ID to widen. */
    @ParameterizedTest
    @EnumSource
    void aFaultShowsAsACallThatBothDecideDifferently(Fault fault) {
        int caught = 0;
        for (int seed = 0; seed < POLICIES / 4; seed++) {
            InboundPolicy policy = random(seed);
            RuleList other = new RuleList(
                    fault.in(new ArrayList<>(policy.enforced().rules())),
                    policy.enforced().byDefault());
            switch (claim(policy, policy(other, policy.shadow()))) {
                case Claim.Different different -> {
                    caught++;
                    replay(seed, different, policy.enforced(), other);
                }
                case Claim.Equal equal -> {
                    List<LinearOracle.Probe> probes =
                            new RandomPolicy(seed).probes(300, true, policy.enforced(), other);
                    assertThat(probes.stream()
                                    .filter(probe -> isTrusted(probe.caller()))
                                    .filter(probe ->
                                            !decided(policy.enforced(), probe).equals(decided(other, probe))))
                            .as("seed %d", seed)
                            .isEmpty();
                }
                case Claim.Unknown unknown ->
                    assertThat(unknown.reason()).as("seed %d", seed).isEqualTo("refused");
            }
        }
        assertThat(caught).isGreaterThan(10);
    }

    private static void replay(int seed, Claim.Different different, RuleList rules, RuleList other) {
        Witness call = different.witness();
        LinearOracle.Probe probe = new LinearOracle.Probe(
                call.uriSans().getFirst(),
                call.method() == null ? "GET" : call.method(),
                call.path() == null ? "/" : call.path(),
                call.serverName());
        assertThat(decided(rules, probe)).as("seed %d: %s", seed, different).isNotEqualTo(decided(other, probe));
        assertThat(decided(rules, probe)).isEqualTo(words(different.policy()));
        assertThat(decided(other, probe)).isEqualTo(words(different.config()));
    }

    private static String words(Outcome outcome) {
        return outcome.enforced().rule() + outcome.enforced().decision();
    }

    private static boolean isTrusted(String caller) {
        return SpiffeId.of(caller)
                .filter(id -> !id.path().isEmpty() && TRUSTED.contains(id.trustDomain()))
                .isPresent();
    }

    /** The name of the deciding rule. */
    private static String decided(RuleList rules, LinearOracle.Probe probe) {
        return rules.rules().stream()
                .filter(rule -> rule.conditions().stream()
                        .allMatch(condition -> LinearOracle.holds(condition, RandomPolicy.PORT, probe)))
                .filter(rule -> LinearOracle.contains(rule.principal(), probe.caller()))
                .map(rule -> rule.origin().name() + rule.action())
                .findFirst()
                .orElse("default" + rules.byDefault());
    }
}
