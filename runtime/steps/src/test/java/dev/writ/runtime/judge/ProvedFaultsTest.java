package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.analysis.Claim;
import dev.writ.compiler.analysis.Outcome;
import dev.writ.compiler.analysis.PolicyAnalysis;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.SnapshotEmitter;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.proof.WitnessCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The proof on random policies: it holds without a fault, and each fault of the lowering or the emitter shows as a witness. */
class ProvedFaultsTest {
    private static final long SEED = 11;
    private static final int POLICIES = 300;

    /** These are about calls with several SANs or paths that are not normalised, which the claim excepts; probes see to them. */
    private static final Set<String> ASSUMED_AWAY = Set.of(
            "paths are not normalised",
            "escaped slashes are kept",
            "any uri san may match",
            "uri sans are joined in another order");

    static Stream<Named<Duel>> faults() {
        return SeededFaultsTest.faults().filter(fault -> !ASSUMED_AWAY.contains(fault.getName()));
    }

    private static Optional<EnvoyConfig> emitted(InboundPolicy policy, Duel duel) {
        return SnapshotEmitter.emit(Policies.workload("kv", duel.compiled().apply(policy)), new DiagnosticSink())
                .map(snapshot ->
                        duel.emitted().apply(EnvoyConfigReader.read(snapshot).orElseThrow()));
    }

    @Test
    void everyPolicyIsProved() {
        RandomPolicies random = new RandomPolicies(SEED);
        int proved = 0;
        for (int i = 0; i < POLICIES; i++) {
            InboundPolicy policy = random.policy();
            Optional<Claim> claim = emitted(policy, Duel.FAIR).map(config -> PolicyAnalysis.prove(policy, config));
            assertThat(claim)
                    .as(policy.toString())
                    .satisfiesAnyOf(
                            none -> assertThat(none).isEmpty(),
                            equal -> assertThat(equal.orElseThrow()).isInstanceOf(Claim.Equal.class));
            proved += claim.isPresent() ? 1 : 0;
        }
        assertThat(proved).isGreaterThan(POLICIES * 8 / 10);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultShowsAsAWitnessThatTheJudgesTellApart(Duel duel) {
        RandomPolicies random = new RandomPolicies(SEED);
        int caught = 0;
        for (int i = 0; i < POLICIES; i++) {
            InboundPolicy policy = random.policy();
            Optional<EnvoyConfig> config = emitted(policy, duel);
            if (config.isEmpty()) {
                continue;
            }
            Claim claim = PolicyAnalysis.prove(policy, config.get());
            // What the lifter cannot say is no proof either.
            caught += claim instanceof Claim.Unknown ? 1 : 0;
            if (claim instanceof Claim.Different different) {
                WorkloadKey key = Policies.workload("kv", policy).workload().key();
                Call call = WitnessCall.of(different.witness(), key, different.port());
                JudgePanel panel = new JudgePanel(
                        List.of(
                                new ModelJudge(new MeshPolicy(List.of(Policies.workload("kv", policy)))),
                                new SnapshotJudge(Map.of(key, config.get()))),
                        List.of());
                // The name of a shadow rule is in no verdict.
                boolean onlyShadowRule = words(different.policy()).equals(words(different.config()));
                assertThat(panel.judge(call).agree())
                        .as(different + "\n" + policy)
                        .isEqualTo(onlyShadowRule);
                caught++;
            }
        }
        assertThat(caught).isPositive();
    }

    private static String words(Outcome outcome) {
        return outcome.stage() + " " + outcome.enforced() + " "
                + outcome.shadow().map(Outcome.Decided::decision);
    }
}
