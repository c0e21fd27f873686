package dev.writ.compiler.model;

/** Go's quoted form of a text, as {@code strconv.Quote} and {@code strconv.QuoteRune} write it. */
final class GoQuotes {
    private static final String SIMPLE = "\u0007\b\f\n\r\t\u000b";
    private static final String SIMPLE_NAMES = "abfnrtv";

    private GoQuotes() {}

    static String quote(String value, char quote) {
        StringBuilder out = new StringBuilder().append(quote);
        value.codePoints().forEach(c -> append(c, quote, out));
        return out.append(quote).toString();
    }

    /** Letters, marks, numbers, punctuation, symbols and the space: Go's {@code strconv.IsPrint}. */
    static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static void append(int c, char quote, StringBuilder out) {
        int simple = SIMPLE.indexOf(c);
        if (c == quote || c == '\\') {
            out.append('\\').appendCodePoint(c);
        } else if (isPrintable(c)) {
            out.appendCodePoint(c);
        } else if (simple >= 0) {
            out.append('\\').append(SIMPLE_NAMES.charAt(simple));
        } else if (c < ' ' || c == 0x7F) {
            out.append("\\x").append(hex(c, 2));
        } else {
            out.append(c < 0x10000 ? "\\u" + hex(c, 4) : "\\U" + hex(c, 8));
        }
    }

    private static String hex(int c, int digits) {
        String hex = Integer.toHexString(c);
        return "0".repeat(digits - hex.length()) + hex;
    }
}
