package dev.writ.compiler.syntax;

import dev.writ.compiler.syntax.ScalarDecoder.Places;

/** Decodes a plain or quoted scalar: line folding, {@code ''}, and the escapes of double quotes. */
final class FlowScalar {
    private final String raw;
    private final char quote;
    private final int end;
    private final Places places = new Places();
    private int at;

    /** @param quote the quote character, 0 for a plain scalar */
    FlowScalar(String raw, char quote, int start, int end) {
        this.raw = raw;
        this.quote = quote;
        this.at = start;
        this.end = end;
    }

    Places decode() {
        while (at < end) {
            char c = raw.charAt(at);
            if (ScalarDecoder.isWhite(c)) {
                white();
            } else if (quote == '"' && c == '\\') {
                escape();
            } else {
                places.add(c, at);
                // Two single quotes stand for one.
                at += quote == '\'' && c == '\'' ? 2 : 1;
            }
        }
        places.endAt(end);
        return places;
    }

    /** Blanks stay within a line; a line break folds to a space, further ones to line feeds. */
    private void white() {
        int from = at;
        while (at < end && ScalarDecoder.isBlank(raw.charAt(at))) {
            at++;
        }
        if (at == end || !ScalarDecoder.isBreak(raw.charAt(at))) {
            for (int i = from; i < at; i++) {
                places.add(raw.charAt(i), i);
            }
            return;
        }
        int fold = at;
        at = ScalarDecoder.afterBreak(raw, at, end);
        if (!emptyLines()) {
            places.add(' ', fold);
        }
    }

    /** Skips the blanks of the lines that follow; a line feed for each empty one. */
    private boolean emptyLines() {
        boolean any = false;
        while (at < end && ScalarDecoder.isWhite(raw.charAt(at))) {
            if (ScalarDecoder.isBreak(raw.charAt(at))) {
                places.add('\n', at);
                any = true;
                at = ScalarDecoder.afterBreak(raw, at, end);
            } else {
                at++;
            }
        }
        return any;
    }

    private void escape() {
        int from = at;
        char c = raw.charAt(at + 1);
        if (ScalarDecoder.isBreak(c)) {
            at = ScalarDecoder.afterBreak(raw, at + 1, end);
            emptyLines();
            return;
        }
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        at += 2 + digits;
        if (digits == 0) {
            places.add(simpleEscape(c), from);
            return;
        }
        for (char unit : Character.toChars(Integer.parseInt(raw, from + 2, at, 16))) {
            places.add(unit, from);
        }
    }

    private static char simpleEscape(char c) {
        return switch (c) {
            case '0' -> '\0';
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 't', '\t' -> '\t';
            case 'n' -> '\n';
            case 'v' -> '\u000B';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'e' -> '\u001B';
            case 'N' -> '\u0085';
            case '_' -> '\u00A0';
            case 'L' -> '\u2028';
            case 'P' -> '\u2029';
            default -> c;
        };
    }
}
