package dev.writ.runtime.mutation;

import dev.writ.runtime.testing.JudgedCall;
import dev.writ.runtime.testing.TestedPolicy;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The mutants of the policies that scenarios have judged.
 *
 * @param scenarios of each call that is missing, the scenario that makes it
 */
public record FeatureMutation(MutationResults results, Map<MissingCall, MissingScenario> scenarios) {

    /** @param judged what the scenarios had judged; those are left out that failed */
    public static FeatureMutation of(List<JudgedCall> judged, IntConsumer progress) {
        Map<TestedPolicy, Subject> subjects = new LinkedHashMap<>();
        IdentityHashMap<Subject, List<JudgedCall>> calls = new IdentityHashMap<>();
        List<Trial> trials = new ArrayList<>();
        for (JudgedCall call : judged) {
            Subject subject = subjects.computeIfAbsent(call.policy(), policy -> new Subject(policy.compilation()));
            calls.computeIfAbsent(subject, none -> new ArrayList<>()).add(call);
            if (call.isMet()) {
                trials.add(new Trial(
                        subject,
                        call.call(),
                        call::isMetBy,
                        call.scenario().file() + ":" + call.scenario().line()));
            }
        }
        MutationResults results = MutationRun.of(List.copyOf(subjects.values()), trials, progress);
        return new FeatureMutation(results, scenarios(results, calls));
    }

    private static Map<MissingCall, MissingScenario> scenarios(
            MutationResults results, IdentityHashMap<Subject, List<JudgedCall>> calls) {
        Map<MissingCall, MissingScenario> scenarios = new LinkedHashMap<>();
        IdentityHashMap<Subject, CallSentence> sentences = new IdentityHashMap<>();
        for (MissingCall missing : results.missing()) {
            CallSentence sentence = sentences.computeIfAbsent(
                    missing.subject(),
                    subject -> new CallSentence(subject.compilation().model()));
            like(missing, calls.getOrDefault(missing.subject(), List.of()))
                    .flatMap(call -> MissingScenario.of(missing, call, sentence))
                    .ifPresent(scenario -> scenarios.put(missing, scenario));
        }
        return scenarios;
    }

    /** The call that the missing one belongs beside: to the same callee, if there is one. */
    private static Optional<JudgedCall> like(MissingCall missing, List<JudgedCall> calls) {
        return calls.stream()
                .filter(call -> call.call().to().equals(missing.call().to()))
                .findFirst()
                .or(() -> calls.stream().findFirst());
    }
}
