package dev.writ.compiler.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** Templates out of pieces that each know the text they give: an oracle that needs no parser. */
record RandomTemplate(List<Piece> pieces) {
    static final Map<String, String> LABELS = Map.of(
            "app", "kv", "tier/x", "back end", "k8s.kuma.io/namespace", "ns1", "k8s.kuma.io/service-account", "sa1");
    static final TemplateScope SCOPE = TemplateScope.path("td", LABELS);

    private static final String[] SPACES = {" ", "  ", "\t", "\n", " \r\n"};
    private static final String[] TEXTS = {"/ns/", " a ", "\n\tb", "}} ", "{ { ", "é😀", " ", "-", "/*"};

    /**
     * Text, or an action that gives a value; the flags say whether it trims the text beside it.
     *
     * @param source with its braces
     */
    record Piece(String source, String value, boolean isText, boolean trimsLeft, boolean trimsRight) {}

    static RandomTemplate of(long seed) {
        Random random = new Random(seed);
        List<Piece> pieces = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            boolean isText = random.nextBoolean();
            // Two texts side by side are one.
            if (isText && (pieces.isEmpty() || !pieces.getLast().isText())) {
                String text = TEXTS[random.nextInt(TEXTS.length)];
                pieces.add(new Piece(text, text, true, false, false));
            } else {
                pieces.add(random.nextInt(5) == 0 ? comment(random) : action(random));
            }
        }
        return new RandomTemplate(pieces);
    }

    String source() {
        return String.join("", pieces.stream().map(Piece::source).toList());
    }

    String value() {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            String text = pieces.get(i).value();
            if (pieces.get(i).isText()) {
                text = i > 0 && pieces.get(i - 1).trimsRight() ? text.replaceFirst("^[ \t\r\n]+", "") : text;
                text = i + 1 < pieces.size() && pieces.get(i + 1).trimsLeft()
                        ? text.replaceFirst("[ \t\r\n]+$", "")
                        : text;
            }
            value.append(text);
        }
        return value.toString();
    }

    /** With as few pieces as still fail. */
    RandomTemplate shrink(Predicate<RandomTemplate> fails) {
        for (int i = 0; i < pieces.size(); i++) {
            List<Piece> fewer = new ArrayList<>(pieces);
            fewer.remove(i);
            boolean joinsTexts = i > 0
                    && i < fewer.size()
                    && fewer.get(i - 1).isText()
                    && fewer.get(i).isText();
            if (!joinsTexts && fails.test(new RandomTemplate(fewer))) {
                return new RandomTemplate(fewer).shrink(fails);
            }
        }
        return this;
    }

    private static Piece comment(Random random) {
        boolean left = random.nextBoolean();
        boolean right = random.nextBoolean();
        String body = random.nextBoolean() ? " c }} * \n" : "";
        return new Piece((left ? "{{- /*" : "{{/*") + body + (right ? "*/ -}}" : "*/}}"), "", false, left, right);
    }

    private static Piece action(Random random) {
        boolean left = random.nextBoolean();
        boolean right = random.nextBoolean();
        Value value = value(random, 2);
        String open = left ? "{{-" + space(random) : "{{" + maybeSpace(random);
        String close = right ? space(random) + "-}}" : maybeSpace(random) + "}}";
        return new Piece(open + value.source() + close, value.text(), false, left, right);
    }

    private static String space(Random random) {
        return SPACES[random.nextInt(SPACES.length)];
    }

    private static String maybeSpace(Random random) {
        return random.nextBoolean() ? "" : space(random);
    }

    private record Value(String source, String text, boolean isNumber) {
        String asArgument() {
            return source.matches("(?s).*[ \\t\\r\\n].*") ? "(" + source + ")" : source;
        }
    }

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0 -> new Value(".Namespace", "ns1", false);
            case 1 -> new Value(".Workload", "", false);
            case 2 -> new Value("`a\"\\n}}`", "a\"\\n}}", false);
            case 3 -> new Value("\"q\\\"\\x41\\u00e9\"", "q\"A\u00e9", false);
            case 4 -> number(random.nextInt(100));
            case 5 -> new Value("label \"app\"", "kv", false);
            case 6 -> new Value("\"tier/x\" | label", "back end", false);
            case 7 -> print(random, value(random, depth - 1), value(random, depth - 1));
            default -> printf(random, value(random, depth - 1));
        };
    }

    private static Value number(int number) {
        return new Value(Integer.toString(number), Integer.toString(number), true);
    }

    private static Value print(Random random, Value a, Value b) {
        String text = a.text() + (a.isNumber() && b.isNumber() ? " " : "") + b.text();
        String source = random.nextBoolean()
                ? "print " + a.asArgument() + space(random) + b.asArgument()
                : b.source() + " | print " + a.asArgument();
        return new Value(source, text, false);
    }

    private static Value printf(Random random, Value a) {
        String verb = a.isNumber() ? "%d" : "%s";
        boolean isWide = random.nextBoolean();
        String text = isWide ? " ".repeat(Math.max(0, 4 - a.text().length())) + a.text() : a.text();
        String format = "\"<" + (isWide ? verb.replace("%", "%4") : verb) + "%%>\"";
        return new Value(a.source() + " | printf " + format, "<" + text + "%>", false);
    }
}
