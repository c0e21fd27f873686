package dev.writ.compiler.analysis;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import java.util.List;
import java.util.Optional;

/** Exact answers about policies and configs, for all callers. What cannot be answered is unknown, with the reason; nothing is guessed. */
public final class PolicyAnalysis {
    /** A check is to be quick: what takes longer it leaves open. */
    private static final int REVIEW_BUDGET = 400_000;

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

    /** Who of an inventory reaches an inbound. */
    public static Reach reach(InboundPolicy policy, Inventory inventory) {
        try {
            return RangeReach.of(policy, inventory).orElseGet(() -> new InboundReach(policy).of(inventory));
        } catch (Unanswerable open) {
            return new Reach.Unknown(open.reason());
        }
    }

    /** Who can reach an inbound at all. A diagram is made for it, where {@link #reach} may do without. */
    public static Patterns patterns(InboundPolicy policy) {
        try {
            return new Patterns.Known(new InboundReach(policy).patterns());
        } catch (Unanswerable open) {
            return new Patterns.Unknown(open.reason());
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

    /**
     * What each rule of a list does for the callers that there can be.
     *
     * @param port of the inbound, which conditions may name
     * @param joinedSans whether callers have several URI SANs, whose joined string is no SPIFFE ID; else all valid ones are meant
     * @param inventory the SPIFFE IDs that there are: witnesses are chosen among them, where one will do
     */
    public static RuleReview review(RuleList rules, int port, boolean joinedSans, List<String> inventory) {
        return RuleReviewer.review(rules, port, half(joinedSans), inventory, REVIEW_BUDGET);
    }

    /** What the same rules decide otherwise in another order. */
    public static Reordering reorder(List<Rule> rules, List<Rule> otherOrder, int port, boolean joinedSans) {
        return Reorderer.compare(rules, otherOrder, port, half(joinedSans), REVIEW_BUDGET);
    }

    private static Callers half(boolean joinedSans) {
        return joinedSans ? Callers.OTHER : Callers.WELL_FORMED;
    }
}
