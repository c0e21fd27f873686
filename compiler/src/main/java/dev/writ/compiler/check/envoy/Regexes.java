package dev.writ.compiler.check.envoy;

/** What is plain in a regular expression. */
final class Regexes {
    private static final String SPECIAL = "[](){}?*+|.^$\\";

    private Regexes() {}

    /** The literal text that every match begins with; shorter than it might be where the expression is not simple. */
    static String start(String regex) {
        if (regex.indexOf('|') >= 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        int at = regex.startsWith("^") ? 1 : 0;
        while (at < regex.length()) {
            boolean escaped = regex.charAt(at) == '\\'
                    && at + 1 < regex.length()
                    && !Character.isLetterOrDigit(regex.charAt(at + 1));
            char next = regex.charAt(escaped ? at + 1 : at);
            if (!escaped && SPECIAL.indexOf(next) >= 0) {
                // What is repeated may be absent.
                if ("?*{".indexOf(next) >= 0 && !text.isEmpty()) {
                    text.setLength(text.length() - 1);
                }
                break;
            }
            text.append(next);
            at += escaped ? 2 : 1;
        }
        return text.toString();
    }
}
