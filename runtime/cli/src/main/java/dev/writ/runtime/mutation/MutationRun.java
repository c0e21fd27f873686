package dev.writ.runtime.mutation;

import dev.writ.compiler.analysis.EditEffect;
import dev.writ.compiler.analysis.InboundEdit;
import dev.writ.compiler.analysis.Witness;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import dev.writ.runtime.mutation.InboundMutants.Planned;
import dev.writ.runtime.mutation.PolicyGroup.Missed;
import dev.writ.runtime.mutation.PolicyGroup.Place;
import dev.writ.runtime.mutation.TriedCall.Reaction;
import dev.writ.runtime.proof.WitnessCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes the rules of policies, each in each way, and sees which tests tell. The model judges; that it says what the other judges say
 * is what tests and proofs are for.
 */
public final class MutationRun {
    private final Map<PolicyGroup.Content, PolicyGroup> groups = new LinkedHashMap<>();
    private final IdentityHashMap<InboundPolicy, PolicyGroup> byInbound = new IdentityHashMap<>();

    /** What identifies a mutant, in whatever policy it occurs. */
    private record Identity(RuleKey rule, Operator operator, String words) {}

    /** A mutant as a change of some inbounds. */
    private record Change(PolicyGroup group, Planned planned) {}

    private MutationRun() {}

    /**
     * @param subjects the policies
     * @param trials of their calls
     * @param progress hears how many mutants are done
     */
    public static MutationResults of(List<Subject> subjects, List<Trial> trials, IntConsumer progress) {
        MutationRun run = new MutationRun();
        subjects.forEach(run::add);
        trials.forEach(run::add);
        return run.results(progress);
    }

    private void add(Subject subject) {
        for (WorkloadPolicy workload : subject.rules().workloads()) {
            for (InboundPolicy inbound : workload.inbounds()) {
                if (!(inbound.admission() instanceof Admission.Undecidable)) {
                    group(subject, inbound)
                            .add(new Place(subject, workload.workload().key(), inbound));
                }
            }
        }
    }

    private PolicyGroup group(Subject subject, InboundPolicy inbound) {
        return byInbound.computeIfAbsent(
                inbound,
                policy -> groups.computeIfAbsent(
                        PolicyGroup.Content.of(policy, subject.rules().target()),
                        content -> new PolicyGroup(policy, content.target())));
    }

    private void add(Trial trial) {
        Optional<InboundPolicy> inbound =
                trial.subject().inbound(trial.call().to(), trial.call().port());
        if (inbound.isPresent()) {
            Verdict verdict = trial.subject().judge().judge(trial.call());
            tried(trial, verdict, inbound.get())
                    .ifPresent(call -> group(trial.subject(), inbound.get()).add(call));
        }
    }

    /** Empty where no rule is asked: then no change of a rule changes anything. */
    private static Optional<TriedCall> tried(Trial trial, Verdict verdict, InboundPolicy inbound) {
        return verdict.stage() == Stage.RBAC
                        && !Admission.MutualTls.GUARD_NAME.equals(verdict.rule())
                        && trial.call().caller() instanceof Caller.Certificate certificate
                ? Optional.of(new TriedCall(trial, certificate, inbound))
                : Optional.empty();
    }

    private MutationResults results(IntConsumer progress) {
        Map<Identity, List<Change>> mutants = new LinkedHashMap<>();
        for (PolicyGroup group : groups.values()) {
            for (Planned planned : group.mutants()) {
                mutants.computeIfAbsent(
                                new Identity(planned.key(), planned.operator(), planned.words()),
                                none -> new ArrayList<>())
                        .add(new Change(group, planned));
            }
        }
        List<MutantResult> results = new ArrayList<>();
        mutants.values().stream()
                .sorted(Comparator.comparing(
                        changes -> changes.getFirst().planned().rule().origin().span()))
                .forEach(changes -> {
                    results.add(result(changes));
                    progress.accept(results.size());
                });
        return new MutationResults(results);
    }

    private MutantResult result(List<Change> changes) {
        Planned first = changes.getFirst().planned();
        Mutant mutant = new Mutant(first.rule(), first.key().action(), first.operator(), first.words());
        Trial byRule = null;
        for (Change change : changes) {
            for (TriedCall call : change.group().calls(change.planned().edit())) {
                Reaction reaction = call.to(change.planned().edit());
                if (reaction == Reaction.OTHER_VERDICT) {
                    return new MutantResult.Killed(mutant, call.trial());
                }
                byRule = byRule == null && reaction == Reaction.OTHER_RULE ? call.trial() : byRule;
            }
        }
        return unlessKilled(mutant, changes, byRule);
    }

    private MutantResult unlessKilled(Mutant mutant, List<Change> changes, @Nullable Trial byRule) {
        EditEffect most = EditEffect.NONE;
        @Nullable Change different = null;
        for (Change change : changes) {
            EditEffect effect = change.group().effect(change.planned().edit());
            if (effect == EditEffect.OTHER_VERDICT && different == null) {
                different = change;
            }
            most = effect.compareTo(most) > 0 ? effect : most;
        }
        if (different == null && most != EditEffect.UNKNOWN) {
            return new MutantResult.Equivalent(mutant, most == EditEffect.NONE);
        }
        if (byRule != null) {
            return new MutantResult.Killed(mutant, byRule);
        }
        return different == null
                ? new MutantResult.Open(mutant, "the rules ask too much to be compared")
                : survived(mutant, changes);
    }

    private MutantResult survived(Mutant mutant, List<Change> changes) {
        for (Change change : changes) {
            for (Missed one : change.group().missed(change.planned().edit())) {
                if (one.asked().to(change.planned().edit()) == Reaction.OTHER_VERDICT) {
                    return new MutantResult.Survived(mutant, one.call());
                }
            }
        }
        for (Change change : changes) {
            Optional<MissingCall> call = missing(change);
            if (call.isPresent()) {
                return new MutantResult.Survived(mutant, call.get());
            }
        }
        return new MutantResult.Open(mutant, "no call was found that shows the difference");
    }

    private Optional<MissingCall> missing(Change change) {
        Place place = change.group().place();
        InboundEdit edit = change.planned().edit();
        return change.group()
                .edited()
                .flatMap(rules -> rules.witness(
                        edit,
                        place.subject().certificates(),
                        place.subject().known(),
                        witness -> call(witness, place).requestFault().isEmpty()))
                .flatMap(witness -> missing(change, call(witness, place), place));
    }

    /** The judge has the last word: a call that it decides alike, or knows nothing of, shows nothing. */
    private Optional<MissingCall> missing(Change change, Call call, Place place) {
        Verdict verdict = place.subject().judge().judge(call);
        Trial trial = new Trial(place.subject(), call, (other, decider) -> isSame(verdict, other), "");
        Optional<TriedCall> asked = tried(trial, verdict, place.policy())
                .filter(tried -> tried.to(change.planned().edit()) == Reaction.OTHER_VERDICT);
        MissingCall missing = new MissingCall(place.subject(), call, verdict);
        asked.ifPresent(tried -> change.group().add(new Missed(tried, missing)));
        return asked.map(tried -> missing);
    }

    private static Call call(Witness witness, Place place) {
        return WitnessCall.of(
                witness, place.workload(), place.policy().inbound().port());
    }

    private static boolean isSame(Verdict one, Verdict other) {
        return one.decision() == other.decision()
                && (one.decision() == Decision.DENY
                        || (one.shadow() == Decision.DENY) == (other.shadow() == Decision.DENY));
    }
}
