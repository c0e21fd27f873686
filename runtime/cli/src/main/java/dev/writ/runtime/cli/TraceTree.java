package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Printable;
import dev.writ.compiler.ir.Origin;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Trace.RuleTrace;
import dev.writ.runtime.judge.Trace.Step;
import java.util.List;
import java.util.Locale;

/**
 * The rules that were asked, as a tree:
 *
 * <pre>
 * ├─ kv.yaml:4:5  deny  `legacy`    no match
 * │  └─ ✗ principal starts with "spiffe://default.default.mesh.local/ns/legacy/"
 * └─ kv.yaml:9:5  allow `demo-app`  matched
 *    └─ ✓ principal starts with "spiffe://default.default.mesh.local/ns/kuma-demo/"
 * </pre>
 */
record TraceTree(PermissionNames names) {
    private static final String OWN_RULE = "(writ)";

    /** @param prefix what to put before an action: {@code shadow-} */
    String render(List<RuleTrace> rules, String prefix) {
        List<RuleTrace> written =
                rules.stream().filter(rule -> rule.span() != null).toList();
        int places = width(written.stream().map(TraceTree::place).toList());
        int actions = width(written.stream().map(rule -> action(rule, prefix)).toList());
        int ruleNames = width(written.stream().map(this::name).toList());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rules.size(); i++) {
            RuleTrace rule = rules.get(i);
            boolean last = i == rules.size() - 1;
            // One that no source holds stands as it is: paths and names of others are nothing to align it with.
            boolean isOwn = rule.span() == null;
            text.append(last ? "└─ " : "├─ ")
                    .append(padded(place(rule), isOwn ? 0 : places))
                    .append("  ")
                    .append(padded(action(rule, prefix), isOwn ? 0 : actions))
                    .append(' ')
                    .append(padded(name(rule), isOwn ? 0 : ruleNames))
                    .append(rule.matched() ? "  matched" : "  no match")
                    .append(because(rule))
                    .append('\n');
            appendSteps(text, rule.steps(), last ? "   " : "│  ");
        }
        return text.toString();
    }

    private static void appendSteps(StringBuilder text, List<Step> steps, String indent) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean last = i == steps.size() - 1;
            text.append(indent)
                    .append(last ? "└─ " : "├─ ")
                    .append(step.holds() ? "✓ " : "✗ ")
                    .append(step.text())
                    .append('\n');
            appendSteps(text, step.parts(), indent + (last ? "   " : "│  "));
        }
    }

    private static String place(RuleTrace rule) {
        SourceSpan span = rule.span();
        return span == null ? OWN_RULE : span.place();
    }

    private static String action(RuleTrace rule, String prefix) {
        return prefix + rule.action().name().toLowerCase(Locale.ROOT);
    }

    private String name(RuleTrace rule) {
        return "`" + names.shortName(rule.name(), rule.span()) + "`";
    }

    private static String because(RuleTrace rule) {
        String because = Origin.reasonIn(rule.name());
        return because.isEmpty() ? "" : ", because " + Printable.line(because);
    }

    private static int width(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }
}
