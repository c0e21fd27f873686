package dev.writ.runtime.cli;

import dev.writ.runtime.judge.MatchTrace.Step;
import dev.writ.runtime.judge.Ruling;
import dev.writ.runtime.judge.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decisions as JSON. */
final class DecisionsJson {
    private DecisionsJson() {}

    static Map<String, @Nullable Object> of(Decisions decisions, boolean trace) {
        return Json.object(
                "results",
                decisions.results().stream().map(result -> of(result, trace)).toList(),
                "agree",
                Math.toIntExact(decisions.agree()),
                "disagree",
                Math.toIntExact(decisions.disagree()));
    }

    private static Map<String, @Nullable Object> of(Decisions.Result result, boolean trace) {
        Ruling ruling = result.ruling();
        Verdict verdict = ruling == null ? null : ruling.verdict();
        Map<String, @Nullable Object> json = Json.object(
                "case",
                result.id(),
                "request",
                result.request(),
                "decision",
                verdict == null ? null : word(verdict.decision()),
                "stage",
                verdict == null ? null : word(verdict.stage()),
                "rule",
                verdict == null ? null : verdict.rule(),
                "shadow",
                verdict == null ? null : word(verdict.shadow()),
                "shadowRule",
                ruling == null ? null : ruling.shadowRule(),
                "reason",
                verdict == null ? "Envoy refuses the config" : verdict.reason(),
                "expect",
                word(result.row().expected()),
                "ok",
                result.ok());
        if (trace && ruling != null) {
            json.put("trace", ruling.trace().stream().map(DecisionsJson::of).toList());
        }
        return json;
    }

    private static Map<String, @Nullable Object> of(Step step) {
        List<Map<String, @Nullable Object>> parts =
                step.parts().stream().map(DecisionsJson::of).toList();
        return Json.object("answer", word(step.answer()), "asked", step.text(), "parts", parts);
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }
}
