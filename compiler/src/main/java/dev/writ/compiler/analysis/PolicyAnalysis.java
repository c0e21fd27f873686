package dev.writ.compiler.analysis;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import java.util.List;

/** Exact answers about policies and configs, for all callers. What cannot be answered is unknown, with the reason; nothing is guessed. */
public final class PolicyAnalysis {
    private PolicyAnalysis() {}

    /** Holds what was emitted for a workload against its policy: a claim for each inbound, in their order. */
    public static List<Claim> prove(WorkloadPolicy policy, EnvoyConfig config) {
        return policy.inbounds().stream().map(inbound -> prove(inbound, config)).toList();
    }

    /** Holds what was emitted for an inbound's port against its policy. */
    public static Claim prove(InboundPolicy policy, EnvoyConfig config) {
        return new Equivalence(policy, config).claim();
    }

    /**
     * Calls at the boundaries of a policy, made without any diagram, for judges to be asked: a fault of the diagrams themselves would
     * be on both sides of a proof.
     *
     * @param most so many at most
     */
    public static List<Witness> probes(InboundPolicy policy, int most) {
        return Probes.of(policy, most);
    }

    /**
     * What two sides of an inbound decide differently.
     *
     * @param byRule whether it counts that another rule decides
     * @param universe the callers that it is about
     * @param known whose members witnesses are taken from
     */
    public static Difference compare(Side before, Side after, boolean byRule, Universe universe, KnownCallers known) {
        return new Comparison(before, after, byRule, universe, known).difference();
    }
}
