package dev.writ.runtime.proof;

import dev.writ.compiler.analysis.Claim;
import dev.writ.compiler.analysis.PolicyAnalysis;
import dev.writ.compiler.analysis.Universe;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.SnapshotJudge;
import dev.writ.runtime.judge.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Translation validation: what was emitted for each workload, read back, is held against its policy for all callers. Because both sides
 * of that are diagrams, calls at the policy's boundaries are put to the two judges as well.
 */
public final class TranslationProof {
    private static final int MOST_PROBES = 120;
    private static final int FEWEST_PROBES = 10;
    /** Judges go through rules one by one: of long policies fewer calls are tried. */
    private static final int RULES_ASKED = 50_000;

    private final Target target;
    private final List<Mismatch> mismatches = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private final SortedSet<String> assumptions = new TreeSet<>();
    private final Map<Alike, Claim> classes = new HashMap<>();
    private Universe universe = Universe.ANY_STRING;
    private int equal;
    private int probes;

    public TranslationProof(Target target) {
        this.target = target;
    }

    /** An inbound of which nothing is claimed. */
    public record Open(WorkloadKey workload, int port, String reason) {}

    /**
     * Inbounds of the same policy and the same config. What a listener is called, and the address that it is on, decide nothing: of
     * chains for some addresses alone nothing is claimed.
     */
    private record Alike(
            List<Object> policy, InboundPolicy.Form form, List<InboundListener> config, List<Unmodelled> doubts) {
        static Alike of(InboundPolicy inbound, EnvoyConfig config) {
            return new Alike(
                    VersionedInbound.of(inbound).parts(),
                    inbound.form(),
                    config.listeners().stream()
                            .filter(listener ->
                                    listener.port() == inbound.inbound().port())
                            .map(InboundListener::withoutPlace)
                            .toList(),
                    config.unmodelled());
        }
    }

    /** Holds a workload's config against its policy; what is the same as an earlier workload's is not proved again. */
    public void add(WorkloadPolicy policy, EnvoyConfig config) {
        WorkloadKey key = policy.workload().key();
        ModelJudge model = new ModelJudge(new MeshPolicy(target, List.of(policy)));
        SnapshotJudge snapshot = new SnapshotJudge(Map.of(key, config));
        SortedSet<Integer> ports = new TreeSet<>();
        for (InboundPolicy inbound : policy.inbounds()) {
            // Two Services may name one port, which is one listener; its first inbound decides.
            if (!ports.add(inbound.inbound().port())) {
                continue;
            }
            Alike same = Alike.of(inbound, config);
            Claim claim = classes.get(same);
            if (claim == null) {
                claim = PolicyAnalysis.prove(inbound, config);
                Optional<Mismatch> probed = replay(inbound, key, model, snapshot);
                probed.ifPresent(mismatches::add);
                // A fault is looked for in each workload, that it is reported of each.
                if (probed.isEmpty() && !(claim instanceof Claim.Different)) {
                    classes.put(same, claim);
                }
            }
            switch (claim) {
                case Claim.Equal one -> {
                    equal++;
                    assumptions.addAll(one.assumptions());
                    universe = one.universe().compareTo(universe) < 0 ? one.universe() : universe;
                }
                case Claim.Different different -> {
                    Call call = WitnessCall.of(different.witness(), key, different.port());
                    mismatches.add(new Mismatch(call, model.judge(call), snapshot.judge(call), true));
                }
                case Claim.Unknown unknown -> open.add(new Open(key, unknown.port(), unknown.reason()));
            }
        }
    }

    private Optional<Mismatch> replay(
            InboundPolicy inbound, WorkloadKey key, ModelJudge model, SnapshotJudge snapshot) {
        int rules = 1
                + inbound.enforced().rules().size()
                + inbound.shadow().map(list -> list.rules().size()).orElse(0);
        int most = Math.max(FEWEST_PROBES, Math.min(MOST_PROBES, RULES_ASKED / rules));
        for (var probe : PolicyAnalysis.probes(inbound, most)) {
            Call call = WitnessCall.of(probe, key, inbound.inbound().port());
            Verdict policy = model.judge(call);
            Verdict config = snapshot.judge(call);
            probes++;
            if (!policy.agreesWith(config) && policy.decision() != Verdict.Decision.UNKNOWN) {
                return Optional.of(new Mismatch(call, policy, config, false));
            }
        }
        return Optional.empty();
    }

    /** Calls that are decided differently; one for each inbound where there are any. */
    public List<Mismatch> mismatches() {
        return List.copyOf(mismatches);
    }

    public List<Open> open() {
        return List.copyOf(open);
    }

    /** How many there were of different policies or configs: each was proved once. */
    public int classes() {
        return classes.size();
    }

    /** How many inbounds were proved. */
    public int equal() {
        return equal;
    }

    /** How many calls the judges were asked. */
    public int probes() {
        return probes;
    }

    /** The callers that the proofs are about, those of the narrowest if they differ. */
    public Universe universe() {
        return universe;
    }

    public List<String> assumptions() {
        return List.copyOf(assumptions);
    }
}
