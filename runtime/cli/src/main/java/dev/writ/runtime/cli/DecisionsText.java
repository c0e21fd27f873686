package dev.writ.runtime.cli;

import dev.writ.runtime.judge.MatchTrace.Step;
import dev.writ.runtime.judge.RequestTable.Expected;
import dev.writ.runtime.judge.RequestTable.Matched;
import dev.writ.runtime.judge.Ruling;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Decisions for people: a line for each request, and what was asked of those that came out otherwise than expected.
 *
 * <pre>
 * requests.yaml:4:5: DENY   kv#0  by `legacy`; expected allow
 *   └─ ✗ rules allow it
 *      └─ ✓ deny policy `legacy`
 *         └─ ✓ principal starts with "spiffe://default.default.mesh.local/ns/legacy/"
 * </pre>
 */
final class DecisionsText {
    private final Decisions decisions;
    private final boolean trace;
    private final Colours colours;

    DecisionsText(Decisions decisions, boolean trace, Colours colours) {
        this.decisions = decisions;
        this.trace = trace;
        this.colours = colours;
    }

    String render() {
        StringBuilder text = new StringBuilder();
        for (Decisions.Result result : decisions.results()) {
            boolean wrong = Objects.equals(result.ok(), false);
            text.append(result.row().span().place())
                    .append(": ")
                    .append(headline(result))
                    .append(wrong ? "; " + colours.bad(expectation(result)) : "")
                    .append('\n');
            Ruling ruling = result.ruling();
            if (ruling != null && (trace || wrong)) {
                append(text, ruling.trace(), "  ");
            }
        }
        return text.append(closing()).append('\n').toString();
    }

    private String headline(Decisions.Result result) {
        String id = (result.id() == null ? "request " : result.id() + "#") + result.request();
        Ruling ruling = result.ruling();
        if (ruling == null) {
            return "REFUSED  " + id + "  Envoy does not load the config";
        }
        Verdict verdict = ruling.verdict();
        String word = verdict.decision().name();
        String shadow = verdict.shadow() == Decision.DENY
                ? "; a shadow rule would deny it"
                        + (ruling.shadowRule() == null ? "" : " (`" + ruling.shadowRule() + "`)")
                : "";
        if (verdict.shadow() == Decision.UNKNOWN) {
            shadow = "; its shadow rules: " + verdict.reason();
        }
        return (verdict.decision() == Decision.ALLOW ? colours.good(word) : colours.bad(word)) + "  " + id + "  "
                + why(verdict) + shadow;
    }

    private static String why(Verdict verdict) {
        String rule = verdict.rule();
        if (verdict.reason() != null && verdict.shadow() != Decision.UNKNOWN) {
            return (verdict.stage() == Stage.TLS ? "refused by TLS: " : "") + verdict.reason();
        }
        if (rule == null) {
            if (verdict.decision() == Decision.ALLOW) {
                return verdict.stage() == Stage.RBAC ? "by one of several rules" : "nothing forbids it";
            }
            return "no rule matched";
        }
        return rule.equals("default") ? "no rule matched" : "by `" + rule + "`";
    }

    private static String expectation(Decisions.Result result) {
        List<String> parts = new ArrayList<>();
        Expected expected = result.row().expected();
        if (expected != null) {
            parts.add(expected.name().toLowerCase(Locale.ROOT));
        }
        Matched matched = result.row().matched();
        if (matched != null) {
            parts.add(matched.isNone() ? "by no rule" : "by `" + matched.rule() + "`");
        }
        return "expected " + String.join(" ", parts);
    }

    private static void append(StringBuilder text, List<Step> steps, String indent) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean last = i == steps.size() - 1;
            String mark = switch (step.answer()) {
                case YES -> "✓ ";
                case NO -> "✗ ";
                case STOPPED -> "■ ";
                case UNKNOWN -> "? ";
            };
            text.append(indent)
                    .append(last ? "└─ " : "├─ ")
                    .append(mark)
                    .append(step.text())
                    .append('\n');
            append(text, step.parts(), indent + (last ? "   " : "│  "));
        }
    }

    private String closing() {
        int all = decisions.results().size();
        long undecided = decisions.results().stream()
                .filter(result ->
                        result.ruling() != null && result.ruling().verdict().decision() == Decision.UNKNOWN)
                .count();
        String unknown = undecided == 0 ? "" : ", " + undecided + " unknown";
        if (decisions.expectsNothing()) {
            return Plural.of(all, "request") + " decided" + unknown;
        }
        return Plural.of(all, "request") + ": " + decisions.agree() + " as expected, " + decisions.disagree() + " not"
                + unknown;
    }
}
