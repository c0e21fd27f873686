package dev.writ.compiler.importing;

import java.util.List;
import java.util.regex.Pattern;

/** Words, texts and blocks of the Writ language. */
final class WritWriter {
    /** What needs no quotes: a word of the language's lexer, without what a reader could take for something else. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");

    private WritWriter() {}

    static String name(String name) {
        return PLAIN.matcher(name).matches() ? name : text(name);
    }

    static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** A template: the quotes inside its actions are its own. */
    static String template(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        int at = 0;
        while (at < value.length()) {
            int open = value.indexOf("{{", at);
            int close = open < 0 ? -1 : value.indexOf("}}", open);
            int end = close < 0 ? value.length() : open;
            String literal = text(value.substring(at, end));
            quoted.append(literal, 1, literal.length() - 1);
            at = close < 0 ? end : close + 2;
            quoted.append(value, end, at);
        }
        return quoted.append('"').toString();
    }

    /** A text of several lines, indented as what it belongs to. */
    static String lines(String value, String indent) {
        StringBuilder text = new StringBuilder("\"\"\"\n");
        value.strip().lines().forEach(line -> text.append(indent).append(line).append('\n'));
        return text.append(indent).append("\"\"\"").toString();
    }

    /** A declaration with its entries, each on lines of its own. */
    static String block(String head, List<String> entries) {
        StringBuilder text = new StringBuilder(head).append(" {\n");
        entries.forEach(entry -> text.append("  ").append(entry).append('\n'));
        return text.append("}\n").toString();
    }
}
