package dev.writ.runtime.cli;

import dev.writ.runtime.judge.Trace;
import dev.writ.runtime.judge.Trace.RuleTrace;
import dev.writ.runtime.judge.Trace.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules that the model asked, up to the one that decided, with what held of each. */
final class TraceJson {
    private TraceJson() {}

    static Map<String, @Nullable Object> of(Trace trace, PermissionNames names) {
        return Json.object("enforced", rules(trace.enforced(), names), "shadow", rules(trace.shadow(), names));
    }

    private static List<Map<String, @Nullable Object>> rules(List<RuleTrace> rules, PermissionNames names) {
        return rules.stream()
                .map(rule -> Json.object(
                        "action", rule.action().name().toLowerCase(Locale.ROOT),
                        "rule", names.shortName(rule.name(), rule.span()),
                        "matched", rule.matched(),
                        "steps", steps(rule.steps()),
                        "location", DiagnosticJson.location(rule.span())))
                .toList();
    }

    private static List<Map<String, @Nullable Object>> steps(List<Step> steps) {
        return steps.stream()
                .map(step -> Json.object("holds", step.holds(), "text", step.text(), "parts", steps(step.parts())))
                .toList();
    }
}
