package dev.writ.runtime.coverage;

import static dev.writ.runtime.page.Markup.escaped;

import dev.writ.compiler.diagnostic.Printable;
import dev.writ.compiler.diagnostic.SecretLines;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.page.PackagedText;
import dev.writ.runtime.testing.TestedScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Coverage as HTML that needs nothing from elsewhere: the source of the policy, its rules coloured by what was tried of them. It stands
 * alone as a page, or as a section in another. Colours never say alone what they say.
 */
public final class CoveragePage {
    /** Of longer files only what stands near a rule is shown. */
    private static final int LONG = 1_000;

    private static final int NEAR = 10;

    private final PolicyCoverage coverage;

    public CoveragePage(PolicyCoverage coverage) {
        this.coverage = coverage;
    }

    /** A whole page. */
    public String page() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>Coverage of the policy</title>
                <style>html { color-scheme: light dark } body { margin: 1rem auto; max-width: 70rem; padding: 0 1rem }
                @media (prefers-color-scheme: dark) { body { background: #14181d } }</style>
                </head>
                <body>
                """ + section() + "</body>\n</html>\n";
    }

    /** A part of a page. */
    public String section() {
        StringBuilder html = new StringBuilder("<section class=\"writ-coverage\">\n<style>\n");
        html.append(PackagedText.beside(CoveragePage.class, "coverage.css"))
                .append("</style>\n<h1>Coverage of the policy</h1>\n");
        summary(html);
        NavigableMap<String, List<CoveredRule>> files = new TreeMap<>();
        for (CoveredRule rule : coverage.rules()) {
            files.computeIfAbsent(rule.place().file().name(), none -> new ArrayList<>())
                    .add(rule);
        }
        files.values().forEach(rules -> file(rules, html));
        callers(html);
        return html.append("</section>\n").toString();
    }

    private void summary(StringBuilder html) {
        String percent = coverage.percent()
                .map(value -> CoverageWords.percent(value) + " of the policy")
                .orElse("The policy has no rule");
        html.append("<p class=\"total\">").append(percent).append("</p>\n<table class=\"summary\">\n");
        for (CoverageWords.Line line : CoverageWords.summary(coverage)) {
            html.append("<tr><th scope=\"row\">")
                    .append(escaped(line.about()))
                    .append("</th><td>")
                    .append(escaped(line.words()))
                    .append("</td></tr>\n");
        }
        html.append("</table>\n<ul class=\"legend\"><li class=\"full\">✓ all of the rule was tried</li>")
                .append("<li class=\"part\">◐ it decided a scenario, and something of it was not tried</li>")
                .append("<li class=\"none\">✗ it decided no scenario</li></ul>\n");
    }

    private static void file(List<CoveredRule> rules, StringBuilder html) {
        SourceFile file = rules.getFirst().place().file();
        SecretLines secrets = SecretLines.of(file);
        TreeMap<Integer, List<CoveredRule>> starts = new TreeMap<>();
        TreeMap<Integer, List<CoveredRule>> ends = new TreeMap<>();
        TreeMap<Integer, String> colours = new TreeMap<>();
        for (CoveredRule rule : rules) {
            int start = rule.place().startPosition().line();
            starts.computeIfAbsent(start, none -> new ArrayList<>()).add(rule);
            int end = Math.max(start, rule.place().endPosition().line());
            ends.computeIfAbsent(end, none -> new ArrayList<>()).add(rule);
            for (int line = start; line <= end; line++) {
                colours.merge(line, colour(rule), CoveragePage::worse);
            }
        }
        html.append("<h2>").append(escaped(file.name())).append("</h2>\n<table class=\"source\">\n");
        boolean skipped = false;
        for (int line = 1; line <= file.lineCount(); line++) {
            if (line == file.lineCount() && file.line(line).isEmpty()) {
                continue;
            }
            if (file.lineCount() > LONG
                    && colours.subMap(line - NEAR, line + NEAR).isEmpty()) {
                skipped = true;
                continue;
            }
            if (skipped) {
                html.append("<tr class=\"gap\"><td colspan=\"3\">…</td></tr>\n");
                skipped = false;
            }
            List<CoveredRule> here = starts.getOrDefault(line, List.of());
            String text = secrets.contains(line) ? "(masked: this line holds a secret)" : file.line(line);
            line(line, text, Optional.ofNullable(colours.get(line)), here, html);
            if (ends.containsKey(line)) {
                html.append("<tr class=\"detail\"><td></td><td></td><td>");
                ends.getOrDefault(line, List.of()).forEach(rule -> rule(rule, html));
                html.append("</td></tr>\n");
            }
        }
        html.append("</table>\n");
    }

    private static void line(
            int number, String text, Optional<String> colour, List<CoveredRule> rules, StringBuilder html) {
        String mark = rules.isEmpty()
                ? ""
                : MARKS.getOrDefault(colour.orElse(""), "") + " "
                        + rules.stream()
                                .mapToInt(rule -> rule.decided().times())
                                .sum() + "×";
        html.append("<tr")
                .append(colour.map(name -> " class=\"" + name + "\"").orElse(""))
                .append("><td class=\"number\">")
                .append(number)
                .append("</td><td class=\"hits\">")
                .append(mark)
                .append("</td><td class=\"code\">")
                .append(escaped(Printable.line(text)))
                .append("</td></tr>\n");
    }

    private static final Map<String, String> MARKS = Map.of("full", "✓", "part", "◐", "none", "✗");

    private static void rule(CoveredRule rule, StringBuilder html) {
        html.append("<details")
                .append(rule.isCovered() ? "" : " open")
                .append("><summary><b>")
                .append(escaped(rule.words()))
                .append("</b> ")
                .append(rule.covered())
                .append(" of ")
                .append(rule.total())
                .append(" tried</summary>\n<ul>\n");
        item(rule.decided(), "decided a scenario", "", html);
        for (CoveredPoint point : rule.points()) {
            boolean isSelf = point.point().edge() == Edge.SELF;
            String more = point.tried().never()
                    ? point.example()
                    : isSelf ? point.point().subject() : "";
            item(point.tried(), point.point().words(), more, html);
        }
        html.append("</ul></details>\n");
    }

    private static void item(Tried tried, String words, String more, StringBuilder html) {
        html.append(tried.never() ? "<li class=\"miss\">✗ " : "<li class=\"hit\">✓ ")
                .append(escaped(words));
        if (!more.isEmpty()) {
            html.append(": <code>").append(escaped(more)).append("</code>");
        }
        tried.first()
                .ifPresent(first -> html.append(" <span>")
                        .append(tried.times())
                        .append("×, first in ")
                        .append(escaped(words(first)))
                        .append("</span>"));
        html.append("</li>\n");
    }

    private static String words(TestedScenario scenario) {
        return scenario.file() + ":" + scenario.line() + " " + scenario.name();
    }

    private void callers(StringBuilder html) {
        html.append(
                        "<h2>Who called, and who was called</h2>\n<table class=\"calls\">\n<tr><th>workload</th><th>calls made")
                .append("</th><th>calls taken</th></tr>\n");
        for (CoveredWorkload workload : coverage.workloads()) {
            String made = workload.spiffeId().isEmpty() ? "no SPIFFE ID" : times(workload.calling());
            String taken = workload.called().entrySet().stream()
                    .map(inbound -> inbound.getKey() + ": " + times(inbound.getValue()))
                    .collect(Collectors.joining(", "));
            html.append("<tr><th scope=\"row\">")
                    .append(escaped(workload.name()))
                    .append("</th><td>")
                    .append(made)
                    .append("</td><td>")
                    .append(taken)
                    .append("</td></tr>\n");
        }
        html.append("</table>\n<table class=\"calls\">\n<tr><th>trust domain</th><th>calls made</th></tr>\n");
        for (CoveredTrustDomain domain : coverage.trustDomains()) {
            html.append("<tr><th scope=\"row\">")
                    .append(escaped(domain.name()))
                    .append("</th><td>")
                    .append(times(domain.calling()))
                    .append("</td></tr>\n");
        }
        html.append("</table>\n");
    }

    private static String times(Tried tried) {
        return tried.never() ? "✗ none" : tried.times() + "×";
    }

    private static String colour(CoveredRule rule) {
        return rule.decided().never() ? "none" : rule.isCovered() ? "full" : "part";
    }

    private static String worse(String one, String other) {
        List<String> order = List.of("none", "part", "full");
        return order.indexOf(one) < order.indexOf(other) ? one : other;
    }
}
