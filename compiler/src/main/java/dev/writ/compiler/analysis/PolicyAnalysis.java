package dev.writ.compiler.analysis;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import java.util.List;
import java.util.Optional;

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
     * What two policies of an inbound decide differently.
     *
     * @param byRule whether it counts that another rule decides
     * @param inventory the SPIFFE IDs that there are: witnesses are chosen among them, where one will do
     */
    public static Difference compare(
            InboundPolicy before, InboundPolicy after, boolean byRule, List<String> inventory) {
        return new Comparison(before, after, byRule, inventory).difference();
    }

    /** Who reaches an inbound: each ID of an inventory, and all others. */
    public static Reach reach(InboundPolicy policy, Inventory inventory) {
        try {
            return InboundReach.of(policy, inventory);
        } catch (Unanswerable open) {
            return new Reach.Unknown(open.reason());
        }
    }

    /**
     * What becomes of the calls of one caller, with whatever it has in its certificate; empty where that cannot be said.
     *
     * @param uriSans at least one, in their order
     */
    public static Optional<Answer> answer(InboundPolicy policy, List<String> uriSans) {
        try {
            return Optional.of(new CertificateAnswer(policy, uriSans).answer());
        } catch (Unanswerable open) {
            return Optional.empty();
        }
    }
}
