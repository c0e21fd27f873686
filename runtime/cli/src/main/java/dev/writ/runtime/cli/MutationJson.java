package dev.writ.runtime.cli;

import dev.writ.compiler.analysis.Universe;
import dev.writ.runtime.mutation.FeatureMutation;
import dev.writ.runtime.mutation.MissingScenario;
import dev.writ.runtime.mutation.Mutant;
import dev.writ.runtime.mutation.MutantResult;
import dev.writ.runtime.mutation.MutationResults;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mutants for scripts. */
final class MutationJson {
    private MutationJson() {}

    static Map<String, @Nullable Object> of(FeatureMutation mutation) {
        MutationResults results = mutation.results();
        long otherRule =
                results.equivalent().stream().filter(one -> !one.sameRule()).count();
        return Json.object(
                "score", results.score(),
                "counted", results.counted(),
                "killed", results.killed().size(),
                "survived", results.survivors().size() + results.open().size(),
                "equivalent",
                        Json.object("sameRule", results.equivalent().size() - (int) otherRule, "otherRule", (int)
                                otherRule),
                "assuming", List.of(Universe.VALID_IDS.assumption()),
                "mutants",
                        results.all().stream()
                                .map(result -> of(result, mutation))
                                .toList());
    }

    private static Map<String, @Nullable Object> of(MutantResult result, FeatureMutation mutation) {
        return switch (result) {
            case MutantResult.Killed killed ->
                of(killed.mutant(), "killed", killed.by().place(), null, null);
            case MutantResult.Equivalent equivalent ->
                of(
                        equivalent.mutant(),
                        equivalent.sameRule() ? "equivalent" : "equivalent-by-other-rule",
                        null,
                        null,
                        null);
            case MutantResult.Survived survived ->
                of(
                        survived.mutant(),
                        "survived",
                        null,
                        null,
                        scenario(mutation.scenarios().get(survived.missing())));
            case MutantResult.Open open -> of(open.mutant(), "survived", null, open.reason(), null);
        };
    }

    private static Map<String, @Nullable Object> of(
            Mutant mutant,
            String state,
            @Nullable String killedBy,
            @Nullable String reason,
            @Nullable Map<String, @Nullable Object> scenario) {
        return Json.object(
                "state", state,
                "operator", mutant.operator().id(),
                "rule", mutant.rule().origin().label(),
                "action", mutant.action(),
                "change", mutant.words(),
                "location", DiagnosticJson.location(mutant.rule().origin().span()),
                "killedBy", killedBy,
                "reason", reason,
                "scenario", scenario);
    }

    private static @Nullable Map<String, @Nullable Object> scenario(@Nullable MissingScenario scenario) {
        return scenario == null
                ? null
                : Json.object(
                        "feature", scenario.judged().scenario().file(),
                        "rule",
                                scenario.written().rule().isEmpty()
                                        ? null
                                        : scenario.written().rule(),
                        "text", String.join("\n", scenario.lines()));
    }
}
