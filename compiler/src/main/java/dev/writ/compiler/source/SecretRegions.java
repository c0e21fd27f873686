package dev.writ.compiler.source;

import java.util.Arrays;
import java.util.List;

/**
 * The parts of a text that must never be shown: values of Secrets and of inline keys, and private keys in PEM form.
 *
 * <p>Found by looks alone, line by line, because a file that is no well-formed YAML has secrets too. In doubt a region is
 * hidden: what is lost is an excerpt, never a finding.
 */
final class SecretRegions {
    /** Fields of any document that hold key material in Kuma's data sources, or may. */
    private static final List<String> KEY_FIELDS = List.of("privateKey", "inline", "inlineString", "insecureInline");

    private static final List<String> SECRET_FIELDS = List.of("data", "stringData");

    private final String text;
    private final boolean[] hidden;

    private SecretRegions(String text) {
        this.text = text;
        this.hidden = new boolean[text.length()];
    }

    /** For each character of a text whether it is hidden. */
    static boolean[] of(String text) {
        SecretRegions regions = new SecretRegions(text);
        regions.hidePrivateKeys();
        int document = 0;
        while (document < text.length()) {
            int end = nextDocument(text, document);
            regions.hideFields(document, end, isSecret(text.substring(document, end)));
            document = end;
        }
        return regions.hidden;
    }

    private static int nextDocument(String text, int from) {
        int next = text.indexOf("\n---", from);
        return next < 0 ? text.length() : next + 1;
    }

    /** A Secret of Kubernetes or of Kuma, also inside a list or inside the annotation that kubectl keeps of it. */
    private static boolean isSecret(String document) {
        for (int at = document.indexOf("Secret"); at >= 0; at = document.indexOf("Secret", at + 1)) {
            String before = document.substring(Math.max(0, at - 24), at).replaceAll("[\\s\"'\\\\]", "");
            if (before.endsWith("kind:") || before.endsWith("type:") || before.endsWith("type:Global")) {
                return true;
            }
        }
        return false;
    }

    private void hidePrivateKeys() {
        int begin = text.indexOf("PRIVATE KEY-----");
        while (begin >= 0) {
            int from = begin + "PRIVATE KEY-----".length();
            int end = text.indexOf("-----END", from);
            int to = end < 0 ? text.length() : end;
            Arrays.fill(hidden, from, to, true);
            int footer = text.indexOf("PRIVATE KEY-----", to);
            begin = footer < 0 ? -1 : text.indexOf("PRIVATE KEY-----", footer + 1);
        }
    }

    private void hideFields(int from, int to, boolean secret) {
        int line = from;
        while (line < to) {
            int end = text.indexOf('\n', line);
            int lineEnd = end < 0 ? to : Math.min(end + 1, to);
            int value = valueOfHiddenField(line, lineEnd, secret);
            if (value >= 0) {
                int blockEnd = blockEnd(line, lineEnd, to);
                Arrays.fill(hidden, value, blockEnd, true);
                lineEnd = blockEnd;
            }
            line = lineEnd;
        }
    }

    /** Where the value of a field to hide starts on this line; -1 if there is no such field. */
    private int valueOfHiddenField(int line, int lineEnd, boolean secret) {
        int first = -1;
        for (String name : KEY_FIELDS) {
            first = earlier(first, valueOf(name, line, lineEnd));
        }
        for (String name : secret ? SECRET_FIELDS : List.<String>of()) {
            first = earlier(first, valueOf(name, line, lineEnd));
        }
        return first;
    }

    private static int earlier(int a, int b) {
        return a < 0 ? b : b < 0 ? a : Math.min(a, b);
    }

    /** Behind the colon of a key, in YAML or JSON, escaped JSON too. */
    private int valueOf(String name, int line, int lineEnd) {
        for (int at = text.indexOf(name, line, lineEnd); at >= 0; at = text.indexOf(name, at + 1, lineEnd)) {
            boolean begins = at == line || !Character.isLetterOrDigit(text.charAt(at - 1));
            int colon = at + name.length();
            while (colon < lineEnd && " \t\"'\\".indexOf(text.charAt(colon)) >= 0) {
                colon++;
            }
            if (begins && colon < lineEnd && text.charAt(colon) == ':') {
                return colon + 1;
            }
        }
        return -1;
    }

    /** The lines below that are indented deeper, or are empty, or only close a bracket. */
    private int blockEnd(int line, int lineEnd, int to) {
        int indentation = indentation(line, to);
        int at = lineEnd;
        while (at < to) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? to : Math.min(end + 1, to);
            boolean empty = text.substring(at, next).isBlank();
            if (!empty && indentation(at, to) <= indentation) {
                return at;
            }
            at = next;
        }
        return to;
    }

    private int indentation(int line, int to) {
        int at = line;
        // The dash of a list item counts as indentation of the key behind it.
        while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '-')) {
            at++;
        }
        return at - line;
    }
}
