package dev.writ.runtime.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines of a verdict, what decides and a list of names, which goes on below itself before a line gets too long. */
final class TextColumns {
    private static final int WIDTH = 100;
    private static final int INDENT = 2;
    private static final int GAP = 2;
    private static final int WIDEST_RULE = 40;

    private final List<Row> rows = new ArrayList<>();

    private record Row(String verdict, String rule, List<String> names) {}

    void add(String verdict, String rule, List<String> names) {
        rows.add(new Row(verdict, rule, names));
    }

    String text() {
        int verdicts =
                rows.stream().mapToInt(row -> row.verdict().length()).max().orElse(0) + GAP;
        int rules = rows.stream()
                        .mapToInt(row -> row.rule().length())
                        .filter(length -> length <= WIDEST_RULE)
                        .max()
                        .orElse(0)
                + GAP;
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            String start = " ".repeat(INDENT)
                    + row.verdict()
                    + " ".repeat(verdicts - row.verdict().length());
            int column = INDENT + verdicts + rules;
            text.append(start).append(row.rule());
            if (row.rule().length() > WIDEST_RULE) {
                text.append('\n').append(" ".repeat(column));
            } else {
                text.append(" ".repeat(rules - row.rule().length()));
            }
            text.append(wrapped(row.names(), column).stripLeading());
        }
        return text.toString().replaceAll("(?m) +$", "");
    }

    static String line(String verdict, String rule, List<String> names) {
        TextColumns columns = new TextColumns();
        columns.add(verdict, rule, names);
        return columns.text();
    }

    /** Names with commas between, from a column on; only one that is too long for a line goes on in the next. */
    static String wrapped(List<String> names, int column) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i) + (i + 1 < names.size() ? "," : "");
            words.addAll(column + name.length() > WIDTH ? List.of(name.split(" ")) : List.of(name));
        }
        return filled(words, column);
    }

    /** A sentence, its further lines indented. */
    static String paragraph(String sentence) {
        return filled(List.of(sentence.split(" ")), INDENT).substring(INDENT);
    }

    private static String filled(List<String> words, int column) {
        StringBuilder text = new StringBuilder(" ".repeat(column));
        int at = column;
        for (String word : words) {
            if (at > column && at + 1 + word.length() > WIDTH) {
                text.append('\n').append(" ".repeat(column));
                at = column;
            } else if (at > column) {
                text.append(' ');
                at++;
            }
            text.append(word);
            at += word.length();
        }
        return text.append('\n').toString();
    }
}
