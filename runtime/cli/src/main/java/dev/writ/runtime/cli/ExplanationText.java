package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Printable;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Origin;
import dev.writ.compiler.ir.RuleList;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.judge.Trace.RuleTrace;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An explanation for people: the verdict, the rules that the model asked with what held of each, and, where several judges
 * were chosen, what each of them says.
 */
final class ExplanationText {
    private final Explanation explanation;
    private final Colours colours;

    ExplanationText(Explanation explanation, Colours colours) {
        this.explanation = explanation;
        this.colours = colours;
    }

    String render() {
        StringBuilder text = new StringBuilder();
        List<Opinion> opinions = explanation.panel().opinions();
        if (explanation.panel().agree()) {
            explanation.panel().verdicts().stream()
                    .findFirst()
                    .ifPresent(verdict -> text.append(headline(verdict)).append('\n'));
        } else {
            text.append(colours.bad("THE JUDGES DISAGREE"))
                    .append("  this is a bug in writ ")
                    .append(Version.text())
                    .append(", please report it with the sources\n");
        }
        TraceTree tree = new TraceTree(explanation.names());
        text.append(tree.render(explanation.model().trace().enforced(), ""));
        List<RuleTrace> shadow = explanation.model().trace().shadow();
        if (!shadow.isEmpty()) {
            text.append("shadow rules, which are only reported\n").append(tree.render(shadow, "shadow-"));
        }
        explanation.remedy().ifPresent(remedy -> text.append('\n').append(new RemedyText(explanation).render(remedy)));
        if (opinions.size() > 1 || !explanation.absent().isEmpty()) {
            text.append('\n').append(judges(opinions));
        }
        return text.toString();
    }

    private String headline(Verdict verdict) {
        String word = verdict.decision().name();
        String painted = verdict.decision() == Decision.ALLOW ? colours.good(word) : colours.bad(word);
        String shadow = verdict.shadow() == Decision.DENY ? "; a shadow rule would deny it" : "";
        return painted + "  " + why(verdict) + shadow;
    }

    private String why(Verdict verdict) {
        String reason = Objects.requireNonNullElse(verdict.reason(), "no reason given");
        String rule = verdict.rule();
        if (verdict.decision() == Decision.UNKNOWN) {
            return reason;
        }
        if (verdict.stage() == Stage.TLS) {
            return "refused by TLS: " + reason;
        }
        if (rule == null) {
            return verdict.reason() == null ? "the inbound takes plaintext, and asks no rule" : reason;
        }
        return switch (rule) {
            case RuleList.DEFAULT_NAME ->
                verdict.decision() == Decision.DENY
                        ? "no allow rule matched (default deny)"
                        : "no deny rule matched (default allow)";
            case MutualTls.GUARD_NAME -> "the caller is not one well-formed SPIFFE ID (`" + rule + "`)";
            default -> {
                String because = Origin.reasonIn(rule);
                yield "by `" + explanation.names().shortName(rule, explanation.place(verdict)) + "`"
                        + (because.isEmpty() ? "" : ", because " + Printable.line(because));
            }
        };
    }

    private String judges(List<Opinion> opinions) {
        List<List<String>> rows = new ArrayList<>();
        for (Opinion opinion : opinions) {
            rows.add(
                    switch (opinion) {
                        case Opinion.Given given ->
                            List.of(
                                    given.judge(),
                                    given.verdict().decision().name().toLowerCase(Locale.ROOT),
                                    why(given.verdict()));
                        case Opinion.Unavailable absent ->
                            List.of(absent.judge(), "-", "did not judge: " + absent.reason());
                    });
        }
        return Table.text(rows) + closing(opinions.size() - explanation.absent().size());
    }

    private String closing(int given) {
        String agreement = !explanation.panel().agree()
                ? "the judges disagree"
                : given > 1 ? given + " judges agree" : Plural.of(given, "judge");
        List<String> absent =
                explanation.absent().stream().map(Opinion.Unavailable::judge).toList();
        return agreement + (absent.isEmpty() ? "" : "; " + String.join(", ", absent) + " did not judge") + "\n";
    }
}
