package dev.writ.runtime.cli;

import dev.writ.runtime.mutation.FeatureMutation;
import dev.writ.runtime.mutation.MissingCall;
import dev.writ.runtime.mutation.MissingScenario;
import dev.writ.runtime.mutation.Mutant;
import dev.writ.runtime.mutation.MutantResult.Equivalent;
import dev.writ.runtime.mutation.MutantResult.Survived;
import dev.writ.runtime.mutation.MutationResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mutants for people: those that survived, each with the scenario that would tell it, and what it all came to. */
final class MutationText {
    private final FeatureMutation mutation;
    private final MutationResults results;

    MutationText(FeatureMutation mutation) {
        this.mutation = mutation;
        this.results = mutation.results();
    }

    String text() {
        StringBuilder text = new StringBuilder("\n");
        Map<MissingCall, List<Mutant>> byCall = new LinkedHashMap<>();
        for (Survived survivor : results.survivors()) {
            byCall.computeIfAbsent(survivor.missing(), none -> new ArrayList<>())
                    .add(survivor.mutant());
        }
        byCall.forEach((call, mutants) -> {
            mutants.forEach(mutant -> text.append(line("survived", mutant)).append('\n'));
            MissingScenario scenario = mutation.scenarios().get(call);
            if (scenario != null) {
                text.append("  = help: add to ").append(scenario.where()).append(":\n");
                scenario.lines()
                        .forEach(line -> text.append(line.isEmpty() ? "" : "      " + line)
                                .append('\n'));
            }
            text.append('\n');
        });
        results.open()
                .forEach(open -> text.append(line("survived", open.mutant()))
                        .append(": ")
                        .append(open.reason())
                        .append('\n'));
        return text + closing() + "\n";
    }

    static String line(String state, Mutant mutant) {
        return mutant.rule().origin().span().place() + ": " + state + ": " + mutant.action() + " `"
                + mutant.rule().origin().label() + "`: " + mutant.words();
    }

    private String closing() {
        if (results.all().isEmpty()) {
            return "mutation: there is no rule to change";
        }
        return "mutation: " + results.killed().size() + " of " + Plural.of(results.counted(), "mutant") + " killed, "
                + results.score() + " %" + equivalent();
    }

    private String equivalent() {
        List<Equivalent> equivalent = results.equivalent();
        if (equivalent.isEmpty()) {
            return "";
        }
        long otherRule = equivalent.stream().filter(one -> !one.sameRule()).count();
        return "; not counted: " + equivalent.size() + " that "
                + (equivalent.size() == 1 ? "decides" : "decide") + " every call alike"
                + (otherRule == 0 ? "" : " (" + otherRule + " by another rule)");
    }
}
