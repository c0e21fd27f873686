package dev.writ.runtime.mutation;

import dev.writ.compiler.analysis.EditEffect;
import dev.writ.compiler.analysis.EditedRules;
import dev.writ.compiler.analysis.InboundEdit;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.WorkloadKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Inbounds, of one policy or of several, whose rules say the same: a mutant of one is a mutant of all. */
final class PolicyGroup {
    private final InboundPolicy policy;
    private final List<InboundMutants.Planned> mutants;
    private final List<Place> places = new ArrayList<>();
    private final List<TriedCall> calls = new ArrayList<>();
    private final CallIndex<TriedCall> byCaller = new CallIndex<>();
    private final CallIndex<Missed> missed = new CallIndex<>();
    private Optional<EditedRules> edited = Optional.empty();
    private boolean isCompared;

    /** An inbound of a policy. */
    record Place(Subject subject, WorkloadKey workload, InboundPolicy policy) {}

    /** A call that was found missing, to be asked like those that are there. */
    record Missed(TriedCall asked, MissingCall call) {}

    private record SaidRule(
            String permission, int entry, Action action, Principal callers, List<Condition> conditions) {}

    /** What two inbounds have in common that are in one group. */
    record Content(
            Target target,
            Admission admission,
            InboundPolicy.Form form,
            boolean isHttp,
            List<?> enforced,
            Action byDefault,
            Optional<? extends List<?>> shadow) {

        static Content of(InboundPolicy policy, Target target) {
            return new Content(
                    target,
                    policy.admission(),
                    policy.form(),
                    policy.inbound().protocol().isHttp(),
                    said(policy.enforced()),
                    policy.enforced().byDefault(),
                    policy.shadow().map(Content::said));
        }

        private static List<SaidRule> said(RuleList list) {
            return list.rules().stream().map(Content::said).toList();
        }

        private static SaidRule said(Rule rule) {
            return new SaidRule(
                    rule.origin().label(), rule.origin().entry(), rule.action(), rule.principal(), rule.conditions());
        }
    }

    PolicyGroup(InboundPolicy policy, Target target) {
        this.policy = policy;
        this.mutants = InboundMutants.of(policy, target);
    }

    void add(Place place) {
        places.add(place);
    }

    void add(TriedCall call) {
        calls.add(call);
        byCaller.add(call.uriSans(), call);
    }

    void add(Missed call) {
        missed.add(call.asked().uriSans(), call);
    }

    List<InboundMutants.Planned> mutants() {
        return mutants;
    }

    /** The calls that an edit can be about, in their order. */
    List<TriedCall> calls(InboundEdit edit) {
        return byCaller.near(edit, policy.enforced());
    }

    List<Missed> missed(InboundEdit edit) {
        return missed.near(edit, policy.enforced());
    }

    /** Where a scenario is best added: where one is already, else anywhere. */
    Place place() {
        return calls.stream()
                .flatMap(call -> places.stream()
                        .filter(place -> place.subject() == call.trial().subject()
                                && place.workload().equals(call.trial().call().to())
                                && place.policy().inbound().port()
                                        == call.trial().call().port()))
                .findFirst()
                .orElse(places.getFirst());
    }

    EditEffect effect(InboundEdit edit) {
        return edited().map(rules -> rules.effect(edit)).orElse(EditEffect.UNKNOWN);
    }

    Optional<EditedRules> edited() {
        if (!isCompared) {
            isCompared = true;
            edited = EditedRules.of(policy);
        }
        return edited;
    }
}
