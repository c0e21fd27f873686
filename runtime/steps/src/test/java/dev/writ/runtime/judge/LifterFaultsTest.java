package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.analysis.LiftedConfig;
import dev.writ.compiler.analysis.Outcome;
import dev.writ.compiler.analysis.Witness;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.SnapshotEmitter;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.model.WorkloadKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lifter of proofs against the evaluator, which shares no code with it: they agree, and each fault in what the lifter reads (a
 * rule dropped, swapped, widened) shows as a call of which they say different things, or of which the lifter says nothing any more.
 */
class LifterFaultsTest {
    private static final long SEED = 23;
    private static final int POLICIES = 80;
    private static final int CALLS = 40;

    /** What the evaluator says of calls to the config of a policy; both are made once, for all faults. */
    private static final List<Judged> JUDGED = judged();

    private record Judged(InboundPolicy policy, EnvoyConfig config, List<Answered> calls) {

        /** A call of which the lifter, given this config instead, does not say what the evaluator says. */
        Optional<String> disagreement(EnvoyConfig misread) {
            LiftedConfig lifted = LiftedConfig.of(misread, policy.inbound().port());
            return calls.stream()
                    .filter(call -> lifted.decide(call.witness())
                            .filter(outcome -> isSame(outcome, call.verdict()))
                            .isEmpty())
                    .map(call -> lifted.decide(call.witness()) + "\n" + call + "\n" + policy)
                    .findFirst();
        }
    }

    private record Answered(Witness witness, Verdict verdict) {}

    static Stream<Named<Duel>> faults() {
        return ProvedFaultsTest.faults();
    }

    @Test
    void theLifterAndTheEvaluatorAgreeOfEachCallThatProofsAreAbout() {
        assertThat(JUDGED)
                .allSatisfy(judged ->
                        assertThat(judged.disagreement(judged.config())).isEmpty());
        assertThat(JUDGED.stream().mapToInt(judged -> judged.calls().size()).sum())
                .isGreaterThan(POLICIES * CALLS / 3);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfTheLifterShows(Duel fault) {
        assertThat(JUDGED.stream()
                        .flatMap(judged -> misread(judged, fault)
                                .filter(misread -> !misread.equals(judged.config()))
                                .flatMap(judged::disagreement)
                                .stream())
                        .findFirst())
                .isPresent();
    }

    private static Optional<EnvoyConfig> misread(Judged judged, Duel fault) {
        InboundPolicy other = fault.compiled().apply(judged.policy());
        return (other.equals(judged.policy()) ? Optional.of(judged.config()) : emitted(other)).map(fault.emitted());
    }

    private static List<Judged> judged() {
        RandomPolicies random = new RandomPolicies(SEED);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < POLICIES; i++) {
            InboundPolicy policy = random.policy();
            emitted(policy)
                    .ifPresent(config -> judged.add(new Judged(policy, config, answered(policy, config, random))));
        }
        return judged;
    }

    private static List<Answered> answered(InboundPolicy policy, EnvoyConfig config, RandomPolicies random) {
        WorkloadKey key = Policies.workload("kv", policy).workload().key();
        SnapshotJudge judge = new SnapshotJudge(Map.of(key, config));
        List<String> named = Duel.named(policy);
        return Stream.generate(() -> random.call(policy, named))
                .limit(CALLS)
                .flatMap(call -> witness(call).map(witness -> new Answered(witness, judge.judge(call))).stream())
                .filter(answered -> answered.verdict().decision() != Verdict.Decision.UNKNOWN)
                .toList();
    }

    private static Optional<EnvoyConfig> emitted(InboundPolicy policy) {
        return SnapshotEmitter.emit(Policies.workload("kv", policy), new DiagnosticSink())
                .map(snapshot -> EnvoyConfigReader.read(snapshot).orElseThrow());
    }

    /** Such a call as proofs are about: with one URI SAN, and to a path that nothing normalises. */
    private static Optional<Witness> witness(Call call) {
        String path = Objects.requireNonNullElse(call.path(), "/");
        if (!path.matches("(/[a-z0-9]+)*/?(\\?.*)?") || call.requestFault().isPresent()) {
            return Optional.empty();
        }
        return switch (call.caller()) {
            case Caller.Certificate certificate ->
                certificate.uriSans().size() == 1
                        ? witness(call, Witness.Transport.CERTIFICATE, certificate.uriSans())
                        : Optional.empty();
            case Caller.Anonymous anonymous -> witness(call, Witness.Transport.ANONYMOUS, List.of());
            case Caller.Plaintext plaintext -> witness(call, Witness.Transport.PLAINTEXT, List.of());
            case Caller.ExpiredCertificate certificate -> Optional.empty();
            case Caller.ForeignCertificate certificate -> Optional.empty();
            case Caller.DnsCertificate certificate -> Optional.empty();
        };
    }

    private static Optional<Witness> witness(Call call, Witness.Transport transport, List<String> uriSans) {
        return Optional.of(new Witness(transport, uriSans, call.sni(), call.method(), call.path()));
    }

    private static boolean isSame(Outcome outcome, Verdict verdict) {
        return new Verdict(
                        decision(outcome.enforced()),
                        Verdict.Stage.valueOf(outcome.stage().name()),
                        outcome.shadow().map(LifterFaultsTest::decision).orElse(null),
                        outcome.enforced().rule(),
                        null)
                .agreesWith(verdict);
    }

    private static Verdict.Decision decision(Outcome.Decided decided) {
        return Verdict.Decision.valueOf(
                Objects.requireNonNull(decided.decision()).name());
    }
}
