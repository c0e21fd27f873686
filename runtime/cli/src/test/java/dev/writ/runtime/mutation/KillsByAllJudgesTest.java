package dev.writ.runtime.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.analysis.EditedRules;
import dev.writ.compiler.analysis.Witness;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.PanelVerdict;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.mutation.InboundMutants.Planned;
import dev.writ.runtime.proof.WitnessCall;
import dev.writ.runtime.proxy.EnvoyLocator;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import dev.writ.runtime.testing.ChosenJudges;
import dev.writ.runtime.testing.JudgeChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mutant, lowered to config, is killed by the call that the model says: by the snapshot judge and a real Envoy alike. */
class KillsByAllJudgesTest {
    private static final int KILLS = 60;
    private static final int POLICIES = 8;

    /** A workload that has a mutant of its own, and a call that tells it. */
    private record Kill(Planned mutant, WorkloadPolicy workload, Call call, Verdict original) {}

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"ENVOY", "KUMA_2_13", "KUMA_3"})
    void theOtherJudgesSayTheSame(Target target) {
        int confirmed = 0;
        try (ChosenJudges bench = open()) {
            for (Subject subject : RandomSubjects.of(target, POLICIES, 41).toList()) {
                List<Kill> kills = kills(subject);
                if (kills.isEmpty() || confirmed >= KILLS) {
                    continue;
                }
                MeshPolicy mutants = new MeshPolicy(
                        target, kills.stream().map(Kill::workload).toList());
                JudgePanel panel = bench.panel(subject.compilation().withPolicy(mutants));
                for (Kill kill : kills) {
                    PanelVerdict judged = panel.judge(kill.call());
                    assertThat(judged.agree()).as("%s %s", kill, judged).isTrue();
                    assertThat(judged.verdicts()).hasSize(3);
                    assertThat(CallSentence.decision(judged.verdicts().getLast()))
                            .as("%s", kill)
                            .isNotEqualTo(CallSentence.decision(kill.original()));
                    confirmed++;
                }
            }
        }
        assertThat(confirmed).isGreaterThanOrEqualTo(KILLS);
    }

    private static ChosenJudges open() {
        try {
            return ChosenJudges.open(JudgeChoice.ALL, locator(), System.out::println);
        } catch (EnvoyUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private static EnvoyLocator locator() {
        EnvoyLocator locator = new EnvoyLocator();
        try {
            locator.findOrInstall(System.out::println);
            return locator;
        } catch (EnvoyUnavailable e) {
            String line = "no Envoy, so no kill is confirmed by it here: " + e.getMessage();
            if ("true".equals(System.getenv("CI"))) {
                return Assertions.fail(line);
            }
            System.out.println("SKIPPED: " + line);
            return Assumptions.abort(line);
        }
    }

    private static List<Kill> kills(Subject subject) {
        List<Kill> kills = new ArrayList<>();
        for (WorkloadPolicy workload : subject.rules().workloads()) {
            for (InboundPolicy inbound : workload.inbounds()) {
                Optional<EditedRules> edited = inbound.admission() instanceof Admission.Undecidable
                        ? Optional.empty()
                        : EditedRules.of(inbound);
                for (Planned planned : edited.isEmpty()
                        ? List.<Planned>of()
                        : InboundMutants.of(inbound, subject.rules().target())) {
                    kill(subject, workload, inbound, planned, edited.get(), kills.size())
                            .ifPresent(kills::add);
                }
            }
        }
        return kills;
    }

    private static Optional<Kill> kill(
            Subject subject,
            WorkloadPolicy workload,
            InboundPolicy inbound,
            Planned planned,
            EditedRules edited,
            int number) {
        Workload copy = copy(workload.workload(), number);
        WorkloadPolicy mutated = new WorkloadPolicy(
                copy,
                workload.inbounds().stream()
                        .map(one -> one.equals(inbound) ? planned.edit().in(inbound) : one)
                        .toList());
        ModelJudge before = new ModelJudge(
                new MeshPolicy(subject.rules().target(), List.of(new WorkloadPolicy(copy, workload.inbounds()))));
        ModelJudge after = new ModelJudge(new MeshPolicy(subject.rules().target(), List.of(mutated)));
        return edited.witness(
                        planned.edit(),
                        subject.certificates(),
                        subject.known(),
                        witness -> isTold(call(witness, copy, inbound), before, after))
                .map(witness -> call(witness, copy, inbound))
                .map(call -> new Kill(planned, mutated, call, before.judge(call)));
    }

    private static boolean isTold(Call call, ModelJudge before, ModelJudge after) {
        return before.judge(call).decision() != Decision.UNKNOWN
                && !CallSentence.decision(before.judge(call)).equals(CallSentence.decision(after.judge(call)));
    }

    private static Call call(Witness witness, Workload to, InboundPolicy inbound) {
        return WitnessCall.of(witness, to.key(), inbound.inbound().port());
    }

    private static Workload copy(Workload workload, int number) {
        WorkloadKey key = workload.key();
        return new Workload(
                new WorkloadKey(key.mesh(), key.zone(), key.kind(), key.namespace(), key.name() + "-m" + number),
                workload.span(),
                workload.labels(),
                workload.inbounds(),
                workload.identity(),
                workload.address(),
                workload.outbounds(),
                workload.tls(),
                workload.doubts());
    }
}
