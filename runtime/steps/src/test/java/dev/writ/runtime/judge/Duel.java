package dev.writ.runtime.judge;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.envoy.SnapshotEmitter;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Random policies judged by the model and by what the compiler emitted for them.
 *
 * @param compiled stands in for a fault before the emitter: what is compiled instead of the policy
 * @param emitted a fault behind it: what the second judge reads instead of what was emitted
 * @param second the second judge, of the config it is given
 */
record Duel(
        UnaryOperator<InboundPolicy> compiled,
        UnaryOperator<EnvoyConfig> emitted,
        Function<SnapshotJudge, Judge> second) {

    static final Duel FAIR = new Duel(UnaryOperator.identity(), UnaryOperator.identity(), judge -> judge);

    static Duel withPolicy(UnaryOperator<InboundPolicy> fault) {
        return new Duel(fault, UnaryOperator.identity(), judge -> judge);
    }

    static Duel withConfig(UnaryOperator<EnvoyConfig> fault) {
        return new Duel(UnaryOperator.identity(), fault, judge -> judge);
    }

    static Duel withJudge(Function<SnapshotJudge, Judge> fault) {
        return new Duel(UnaryOperator.identity(), UnaryOperator.identity(), fault);
    }

    /** Two judges that say different things of one call. */
    record Disagreement(InboundPolicy policy, Call call, Verdict model, Verdict snapshot) {
        @Override
        public String toString() {
            return "policy   " + policy.admission() + "\nenforced " + policy.enforced() + "\nshadow   "
                    + policy.shadow() + "\ninbound  " + policy.inbound().protocol() + "\ncall     " + call
                    + "\nmodel    " + model + "\nsnapshot " + snapshot;
        }
    }

    /** The judges of a policy; empty if the emitter refuses it. */
    Optional<JudgePanel> panel(InboundPolicy policy) {
        WorkloadPolicy workload = Policies.workload("kv", policy);
        DiagnosticSink sink = new DiagnosticSink();
        Optional<Snapshot> snapshot = SnapshotEmitter.emit(Policies.workload("kv", compiled.apply(policy)), sink);
        return snapshot.map(emitted -> {
            EnvoyConfig config =
                    this.emitted.apply(EnvoyConfigReader.read(emitted).orElseThrow());
            SnapshotJudge judge = new SnapshotJudge(Map.of(workload.workload().key(), config));
            return new JudgePanel(
                    List.of(new ModelJudge(new MeshPolicy(List.of(workload))), second.apply(judge)), List.of());
        });
    }

    Optional<Disagreement> disagreement(InboundPolicy policy, Call call) {
        return panel(policy).flatMap(panel -> disagreement(panel, policy, call));
    }

    static Optional<Disagreement> disagreement(JudgePanel panel, InboundPolicy policy, Call call) {
        PanelVerdict verdict = panel.judge(call);
        return verdict.agree()
                ? Optional.empty()
                : Optional.of(new Disagreement(
                        policy,
                        call,
                        verdict.verdicts().get(0),
                        verdict.verdicts().get(1)));
    }

    /** The first disagreement in so many policies with so many calls each, made as small as it gets. */
    Optional<Disagreement> fight(long seed, int policies, int calls) {
        RandomPolicies random = new RandomPolicies(seed);
        for (int i = 0; i < policies; i++) {
            InboundPolicy policy = random.policy();
            Optional<JudgePanel> panel = panel(policy);
            List<String> named = named(policy);
            for (int j = 0; j < calls; j++) {
                Call call = random.call(policy, named);
                Optional<Disagreement> found = panel.flatMap(judges -> disagreement(judges, policy, call));
                if (found.isPresent()) {
                    return found.map(disagreement -> new Shrinking(this).smallest(disagreement));
                }
            }
        }
        return Optional.empty();
    }

    /** The strings that a policy's rules speak of. */
    static List<String> named(InboundPolicy policy) {
        List<String> named = new ArrayList<>();
        Stream.concat(Stream.of(policy.enforced()), policy.shadow().stream())
                .map(RuleList::rules)
                .flatMap(List::stream)
                .forEach(rule -> collect(rule.principal(), named));
        return named;
    }

    private static void collect(Principal principal, List<String> named) {
        switch (principal) {
            case Principal.Always always -> {}
            case Principal.SanEquals san -> named.add(san.value());
            case Principal.Exact exact -> named.add(exact.value());
            case Principal.Prefix prefix -> named.add(prefix.value());
            case Principal.Segments segments ->
                named.add("spiffe://"
                        + String.join(
                                "/",
                                segments.segments().stream()
                                        .map(segment -> segment.orElse("web"))
                                        .toList())
                        + (segments.below() ? "/ns" : ""));
            case Principal.AnyOf any -> any.members().forEach(member -> collect(member, named));
            case Principal.AllOf all -> all.members().forEach(member -> collect(member, named));
            case Principal.Not not -> collect(not.member(), named);
        }
    }
}
