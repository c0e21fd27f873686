package dev.writ.runtime.cli;

import dev.writ.runtime.coverage.CoverageWords;
import dev.writ.runtime.coverage.CoveredPoint;
import dev.writ.runtime.coverage.CoveredRule;
import dev.writ.runtime.coverage.CoveredWorkload;
import dev.writ.runtime.coverage.PolicyCoverage;
import java.util.ArrayList;
import java.util.List;

/** Coverage as text: what was tried in numbers, then rule by rule what was not. */
record CoverageText(PolicyCoverage coverage) {
    private static final int MOST_RULES = 20;
    private static final int MOST_NAMES = 10;

    String render() {
        if (coverage.percent().isEmpty()) {
            return "coverage: the policy has no rule\n";
        }
        StringBuilder text = new StringBuilder("coverage: ")
                .append(CoverageWords.percent(coverage.percent().get()))
                .append(" of the policy, ")
                .append(coverage.covered())
                .append(" of ")
                .append(Plural.of(coverage.total(), "point"))
                .append('\n');
        text.append(indented(CoverageWords.summary(coverage).stream()
                .map(line -> List.of(line.about(), line.words()))
                .toList()));
        rules(text);
        names("never calling", callers(), text);
        names("never called", callees(), text);
        return text.toString();
    }

    private void rules(StringBuilder text) {
        List<CoveredRule> open =
                coverage.rules().stream().filter(rule -> !rule.isCovered()).toList();
        for (CoveredRule rule : open.subList(0, Math.min(open.size(), MOST_RULES))) {
            text.append('\n').append(rule.place().place()).append(": ").append(rule.words());
            text.append(": ").append(rule.covered()).append(" of ");
            text.append(Plural.of(rule.total(), "point"))
                    .append(" tried, but not\n")
                    .append(missing(rule));
        }
        if (open.size() > MOST_RULES) {
            text.append("\n… and ")
                    .append(Plural.of(open.size() - MOST_RULES, "rule"))
                    .append(" more; --coverage-html shows all\n");
        }
    }

    private static String missing(CoveredRule rule) {
        List<List<String>> rows = new ArrayList<>();
        if (rule.decided().never()) {
            rows.add(List.of("it decided no scenario"));
        }
        for (CoveredPoint point : rule.missing()) {
            rows.add(List.of(point.point().words(), point.example()));
        }
        return indented(rows);
    }

    private List<String> callers() {
        return coverage.workloads().stream()
                .filter(workload ->
                        workload.spiffeId().isPresent() && workload.calling().never())
                .map(CoveredWorkload::name)
                .toList();
    }

    private List<String> callees() {
        List<String> names = new ArrayList<>();
        for (CoveredWorkload workload : coverage.workloads()) {
            workload.called().forEach((port, tried) -> {
                if (tried.never()) {
                    names.add(workload.name() + ":" + port);
                }
            });
        }
        return names;
    }

    private static void names(String what, List<String> names, StringBuilder text) {
        if (!names.isEmpty()) {
            List<String> shown = names.subList(0, Math.min(names.size(), MOST_NAMES));
            String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
            text.append('\n')
                    .append(what)
                    .append(": ")
                    .append(String.join(", ", shown))
                    .append(more)
                    .append('\n');
        }
    }

    private static String indented(List<List<String>> rows) {
        return Table.text(rows).indent(2);
    }
}
