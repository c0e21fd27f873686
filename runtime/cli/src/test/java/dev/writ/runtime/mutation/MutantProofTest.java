package dev.writ.runtime.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.analysis.Change;
import dev.writ.compiler.analysis.Difference;
import dev.writ.compiler.analysis.EditEffect;
import dev.writ.compiler.analysis.EditedRules;
import dev.writ.compiler.analysis.KnownCallers;
import dev.writ.compiler.analysis.PolicyAnalysis;
import dev.writ.compiler.analysis.Side;
import dev.writ.compiler.analysis.Universe;
import dev.writ.compiler.analysis.Witness;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.mutation.InboundMutants.Planned;
import dev.writ.runtime.mutation.TriedCall.Reaction;
import dev.writ.runtime.proof.WitnessCall;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a mutant is what whole diagrams, and calls at the boundaries, say of it. */
class MutantProofTest {
    private static final int POLICIES = 10;
    private static final int PROBES = 80;

    private final Map<EditEffect, Integer> seen = new EnumMap<>(EditEffect.class);

    /** An inbound as it is and with a mutant. */
    private record Duel(Subject subject, WorkloadPolicy workload, InboundPolicy policy, InboundPolicy mutated) {
        Verdict before(Call call) {
            return judge(policy, call);
        }

        Verdict after(Call call) {
            return judge(mutated, call);
        }

        private Verdict judge(InboundPolicy inbound, Call call) {
            return new ModelJudge(new MeshPolicy(
                            subject.rules().target(),
                            List.of(new WorkloadPolicy(workload.workload(), List.of(inbound)))))
                    .judge(call);
        }

        Call call(Witness witness) {
            return WitnessCall.of(
                    witness, workload.workload().key(), policy.inbound().port());
        }
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void mutantsAreEquivalentIfAndOnlyIfNoCallIsDecidedOtherwise(Target target) {
        RandomSubjects.of(target, POLICIES, 17).forEach(subject -> {
            for (WorkloadPolicy workload : subject.rules().workloads()) {
                for (InboundPolicy inbound : workload.inbounds()) {
                    if (!(inbound.admission() instanceof Admission.Undecidable)) {
                        compare(subject, workload, inbound);
                    }
                }
            }
        });
        assertThat(seen).containsKeys(EditEffect.NONE, EditEffect.OTHER_RULE, EditEffect.OTHER_VERDICT);
    }

    private void compare(Subject subject, WorkloadPolicy workload, InboundPolicy inbound) {
        Optional<EditedRules> edited = EditedRules.of(inbound);
        for (Planned planned : InboundMutants.of(inbound, subject.rules().target())) {
            EditEffect effect =
                    edited.map(rules -> rules.effect(planned.edit())).orElse(EditEffect.UNKNOWN);
            seen.merge(effect, 1, Integer::sum);
            Duel duel = new Duel(subject, workload, inbound, planned.edit().in(inbound));
            List<Call> calls = Stream.of(inbound, duel.mutated())
                    .flatMap(policy -> PolicyAnalysis.probes(policy, PROBES).stream())
                    .map(duel::call)
                    .toList();
            calls.forEach(call -> hold(planned, effect, duel, call));
            if (effect != EditEffect.UNKNOWN) {
                holdAgainstWholeDiagrams(planned, effect, duel);
            }
            if (effect == EditEffect.OTHER_VERDICT) {
                Optional<Witness> witness = edited.orElseThrow()
                        .witness(planned.edit(), subject.certificates(), subject.known(), call -> isJudged(duel, call));
                assertThat(witness).as("%s", planned).isPresent();
                Call call = duel.call(witness.get());
                assertThat(fate(duel.before(call))).as("%s %s", planned, call).isNotEqualTo(fate(duel.after(call)));
            }
        }
    }

    private static boolean isJudged(Duel duel, Witness witness) {
        Call call = duel.call(witness);
        return duel.before(call).decision() != Decision.UNKNOWN
                && duel.after(call).decision() != Decision.UNKNOWN;
    }

    /** One call by the judge, and by what the rules that it matches say. */
    private static void hold(Planned planned, EditEffect effect, Duel duel, Call call) {
        Verdict before = duel.before(call);
        Verdict after = duel.after(call);
        if (before.decision() == Decision.UNKNOWN || after.decision() == Decision.UNKNOWN) {
            return;
        }
        boolean isValid = call.caller() instanceof Caller.Certificate certificate
                && SpiffeId.of(certificate.uriSans().getFirst()).isPresent();
        if (isValid && !fate(before).equals(fate(after))) {
            assertThat(effect).as("%s %s", planned, call).isEqualTo(EditEffect.OTHER_VERDICT);
        }
        if (isValid && effect == EditEffect.NONE) {
            assertThat(after.rule()).as("%s %s", planned, call).isEqualTo(before.rule());
        }
        boolean isGuarded = Admission.MutualTls.GUARD_NAME.equals(before.rule());
        if (before.stage() == Verdict.Stage.RBAC && !isGuarded && call.caller() instanceof Caller.Certificate caller) {
            Trial trial = new Trial(
                    duel.subject(), call, (verdict, place) -> fate(verdict).equals(fate(before)), "");
            Reaction reaction = new TriedCall(trial, caller, duel.policy()).to(planned.edit());
            assertThat(reaction == Reaction.OTHER_VERDICT)
                    .as("%s %s", planned, call)
                    .isEqualTo(!fate(before).equals(fate(after)));
        }
    }

    private static void holdAgainstWholeDiagrams(Planned planned, EditEffect effect, Duel duel) {
        Difference difference = PolicyAnalysis.compare(
                new Side.Written(duel.policy()),
                new Side.Written(duel.mutated()),
                false,
                Universe.VALID_IDS,
                KnownCallers.NONE);
        List<Change> changes = difference instanceof Difference.Known known ? known.changes() : List.of();
        // Between calls that are kept out, whole policies tell what shadow rules would have done; here nothing is
        // reported of them.
        boolean isDecided = changes.stream()
                .anyMatch(
                        change -> change.before().isAllowed() || change.after().isAllowed());
        if (isDecided) {
            assertThat(effect).as("%s", planned).isEqualTo(EditEffect.OTHER_VERDICT);
        }
        // Of a legacy `from` other certificates than those with one URI SAN are looked at, too.
        if (effect == EditEffect.OTHER_VERDICT && duel.policy().form() == InboundPolicy.Form.MATCHER) {
            assertThat(changes).as("%s", planned).isNotEmpty();
        }
    }

    private static String fate(Verdict verdict) {
        return verdict.decision() == Decision.ALLOW && verdict.shadow() == Decision.DENY
                ? "reported"
                : verdict.decision().toString();
    }
}
