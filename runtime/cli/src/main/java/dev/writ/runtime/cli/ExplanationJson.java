package dev.writ.runtime.cli;

import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.judge.Verdict;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An explanation with the fixed keys of the contract, and {@code action}: the rule's name in the emitted config; {@code trace}: what the
 * model asked; {@code wouldAllow}: what would allow a denied call.
 */
final class ExplanationJson {
    private ExplanationJson() {}

    static Map<String, @Nullable Object> of(Explanation explanation) {
        return Json.object(
                "verdicts",
                explanation.panel().opinions().stream()
                        .map(opinion -> opinion(explanation, opinion))
                        .toList(),
                "agree",
                explanation.panel().agree(),
                "trace",
                TraceJson.of(explanation.model().trace(), explanation.names()),
                "wouldAllow",
                RemedyJson.of(explanation));
    }

    private static Map<String, @Nullable Object> opinion(Explanation explanation, Opinion opinion) {
        return switch (opinion) {
            case Opinion.Given given -> given(explanation, given.judge(), given.verdict());
            case Opinion.Unavailable absent ->
                verdict(absent.judge(), null, null, null, null, null, absent.reason(), null);
        };
    }

    private static Map<String, @Nullable Object> given(Explanation explanation, String judge, Verdict verdict) {
        String action = verdict.rule();
        return verdict(
                judge,
                lower(verdict.decision()),
                lower(verdict.stage()),
                lower(verdict.shadow()),
                action == null ? null : explanation.names().shortName(action, explanation.place(verdict)),
                action,
                verdict.reason(),
                DiagnosticJson.location(explanation.place(verdict)));
    }

    private static Map<String, @Nullable Object> verdict(
            String judge,
            @Nullable String decision,
            @Nullable String stage,
            @Nullable String shadow,
            @Nullable String rule,
            @Nullable String action,
            @Nullable String reason,
            @Nullable Map<String, @Nullable Object> location) {
        return Json.object(
                "judge", judge,
                "decision", decision,
                "stage", stage,
                "shadow", shadow,
                "rule", rule,
                "action", action,
                "reason", reason,
                "location", location);
    }

    private static @Nullable String lower(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }
}
