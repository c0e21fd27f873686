package dev.writ.runtime.mutation;

import dev.writ.runtime.testing.feature.WrittenSteps.WrittenStep;
import io.cucumber.gherkin.GherkinDialect;
import io.cucumber.gherkin.GherkinDialects;
import java.util.ArrayList;
import java.util.List;

/** A feature that is written line by line, in the words of one of Gherkin's languages. */
final class FeatureText {
    private static final String ANY_STEP = "* ";

    private final StringBuilder text = new StringBuilder();
    private final String language;
    private final GherkinDialect dialect;

    /** @param language {@code en}, or another of Gherkin's */
    FeatureText(String language) {
        this.language = language;
        this.dialect = GherkinDialects.getDialect(language)
                .or(() -> GherkinDialects.getDialect("en"))
                .orElseThrow();
    }

    void feature(String name, List<String> description) {
        if (!language.equals("en")) {
            text.append("# language: ").append(language).append('\n');
        }
        line(0, dialect.getFeatureKeywords().getFirst() + ": " + name);
        description.forEach(one -> line(2, one));
    }

    void rule(List<String> tags, String name) {
        space();
        if (!tags.isEmpty()) {
            line(2, String.join(" ", tags));
        }
        line(2, dialect.getRuleKeywords().getFirst() + ": " + name);
    }

    void background(int indent, List<WrittenStep> steps) {
        if (!steps.isEmpty()) {
            if (indent == 2) {
                space();
            }
            line(indent, dialect.getBackgroundKeywords().getFirst() + ":");
            given(indent + 2, steps);
        }
    }

    void example(int indent, String name) {
        space();
        line(indent, dialect.getScenarioKeywords().getFirst() + ": " + name);
    }

    void outline(int indent, String name) {
        space();
        line(indent, dialect.getScenarioOutlineKeywords().getFirst() + ": " + name);
    }

    void examples(int indent, List<List<String>> table) {
        space();
        line(indent, dialect.getExamplesKeywords().getFirst() + ":");
        table(indent + 2, table);
    }

    void given(int indent, List<WrittenStep> steps) {
        String keyword = keyword(dialect.getGivenKeywords());
        for (WrittenStep step : steps) {
            line(indent, keyword + step.text());
            step.docString().ifPresent(content -> docString(indent + 2, content, step.mediaType()));
            table(indent + 2, step.table());
            keyword = keyword(dialect.getAndKeywords());
        }
    }

    void when(int indent, String sentence) {
        line(indent, keyword(dialect.getWhenKeywords()) + sentence);
    }

    void then(int indent, String sentence) {
        line(indent, keyword(dialect.getThenKeywords()) + sentence);
    }

    private static String keyword(List<String> keywords) {
        return keywords.stream()
                .filter(keyword -> !keyword.equals(ANY_STEP))
                .findFirst()
                .orElse(ANY_STEP);
    }

    private void docString(int indent, String content, String mediaType) {
        String quotes = content.contains("\"\"\"") ? "```" : "\"\"\"";
        line(indent, quotes + mediaType);
        content.lines().forEach(one -> line(indent, one));
        line(indent, quotes);
    }

    /** The columns as wide as their widest cell. */
    void table(int indent, List<List<String>> rows) {
        List<List<String>> escaped = rows.stream()
                .map(row -> row.stream().map(FeatureText::escaped).toList())
                .toList();
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : escaped) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).codePointCount(0, row.get(i).length());
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        for (List<String> row : escaped) {
            StringBuilder line = new StringBuilder("|");
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                line.append(' ')
                        .append(cell)
                        .repeat(" ", widths.get(i) - cell.codePointCount(0, cell.length()))
                        .append(" |");
            }
            line(indent, line.toString());
        }
    }

    private static String escaped(String cell) {
        return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n");
    }

    private void space() {
        text.append('\n');
    }

    private void line(int indent, String line) {
        text.append(" ".repeat(line.isEmpty() ? 0 : indent)).append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
