package dev.writ.compiler.check;

import dev.writ.compiler.analysis.PolicyAnalysis;
import dev.writ.compiler.analysis.RuleReview;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.InboundPolicy.Form;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules that inbounds have in common, in the order in which the target asks them, with what each comes to. What is true of one of
 * these inbounds is true of all, so that each such list is analysed once.
 *
 * @param port of the inbounds, if a rule asks for it
 * @param joinedSans whether their callers have the certificates of builtin mTLS, with several URI SANs
 */
record ReviewedRules(Applied applied, RuleList rules, Optional<Integer> port, boolean joinedSans, RuleReview review) {
    /** Some seconds' worth: a check is to be quick. */
    static final int MOST_RULES = 150_000;

    /**
     * Of the lists with rules; not of the legacy {@code from}, whose rules have no order.
     *
     * @param inventory the SPIFFE IDs that there are
     * @param mostRules past so many, nothing is found out
     */
    static List<ReviewedRules> of(List<Applied> applied, MeshPolicy policy, List<String> inventory, int mostRules) {
        List<ReviewedRules> all = new ArrayList<>();
        IdentityHashMap<RuleList, Boolean> asksForPort = new IdentityHashMap<>();
        int rules = 0;
        for (Applied one : applied) {
            List<ReviewedRules> found = new ArrayList<>();
            for (InboundPolicy inbound : inbounds(one, policy)) {
                Optional<Integer> port = asksForPort.computeIfAbsent(inbound.enforced(), ReviewedRules::asksForPort)
                        ? Optional.of(inbound.inbound().port())
                        : Optional.empty();
                boolean joinedSans = hasJoinedSans(inbound.admission());
                if (found.stream().noneMatch(known -> known.isOf(inbound, port, joinedSans))) {
                    rules += inbound.enforced().rules().size();
                    found.add(new ReviewedRules(
                            one,
                            inbound.enforced(),
                            port,
                            joinedSans,
                            rules > mostRules
                                    ? tooMany(mostRules)
                                    : PolicyAnalysis.review(
                                            inbound.enforced(), port.orElse(0), joinedSans, inventory)));
                }
            }
            all.addAll(found);
        }
        return all;
    }

    private static RuleReview tooMany(int mostRules) {
        return new RuleReview.Unknown(String.format(
                Locale.ROOT, "the inbounds have more than %,d rules that they do not have in common", mostRules));
    }

    @SuppressWarnings("ReferenceEquality") // two inbounds of a port may be equal
    private static List<InboundPolicy> inbounds(Applied applied, MeshPolicy policy) {
        List<InboundPolicy> inbounds = new ArrayList<>();
        for (Applied.Place place : applied.places()) {
            policy.of(place.workload().key())
                    .ifPresent(workload -> workload.inbounds().stream()
                            .filter(inbound -> inbound.inbound() == place.inbound())
                            .filter(inbound -> inbound.form() == Form.MATCHER
                                    && !inbound.enforced().rules().isEmpty())
                            .forEach(inbounds::add));
        }
        return inbounds;
    }

    @SuppressWarnings("ReferenceEquality") // lists that inbounds have in common are the same, and long
    private boolean isOf(InboundPolicy inbound, Optional<Integer> onPort, boolean ofJoinedSans) {
        return rules == inbound.enforced() && port.equals(onPort) && joinedSans == ofJoinedSans;
    }

    private static boolean asksForPort(RuleList list) {
        return list.rules().stream()
                .flatMap(rule -> rule.conditions().stream())
                .anyMatch(Condition.Port.class::isInstance);
    }

    private static boolean hasJoinedSans(Admission admission) {
        return switch (admission) {
            case Admission.MutualTls tls -> tls.verification() instanceof Admission.Verification.ByMeshCa;
            case Admission.Permissive permissive ->
                permissive.mutual().verification() instanceof Admission.Verification.ByMeshCa;
            case Admission.Plaintext plaintext -> false;
            case Admission.Undecidable open -> false;
        };
    }
}
