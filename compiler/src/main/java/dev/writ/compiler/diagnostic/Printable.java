package dev.writ.compiler.diagnostic;

/** Makes text of a source harmless to a terminal and keeps it on one line. */
public final class Printable {
    private Printable() {}

    /**
     * The text with each tab as a space (so that underlines stay in their columns) and each other control character, line
     * end or direction mark as {@code U+FFFD}: a source must not move the cursor, hide text or fake further lines.
     */
    public static String line(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().map(Printable::safe).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static int safe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\t' ? ' ' : 0xFFFD;
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                0xFFFD;
            default -> codePoint;
        };
    }
}
