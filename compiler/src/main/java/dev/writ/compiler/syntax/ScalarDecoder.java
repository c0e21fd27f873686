package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.Arrays;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Finds for each character of a scalar's value where it stands. The YAML parser says only where a scalar begins and
 * ends; this reads the same stretch again by the rules of YAML 1.2 (chapters 7.3 and 8.1) and keeps the places.
 */
final class ScalarDecoder {
    private final SourceText text;
    private final String raw;

    ScalarDecoder(SourceText text) {
        this.text = text;
        this.raw = text.value();
    }

    /**
     * The text of a scalar.
     *
     * @param value what the YAML parser decoded
     * @param from where it starts in the text, its tag and anchor included
     * @param to where it ends
     */
    SourceText decode(String value, ScalarStyle style, boolean properties, int from, int to) {
        int start = properties ? skipProperties(from, to) : from;
        return switch (style) {
            case SINGLE_QUOTED, DOUBLE_QUOTED, JSON_SCALAR_STYLE -> flow(value, start, start + 1, to - 1, to);
            case LITERAL, FOLDED -> block(value, start, to);
            case PLAIN -> flow(value, start, start, to, to);
        };
    }

    private SourceText flow(String value, int start, int first, int last, int end) {
        SourceSpan whole = text.span(start, end);
        if (value.length() == last - first && raw.startsWith(value, first)) {
            return text.slice(first, last, whole);
        }
        char quote = first > start ? raw.charAt(start) : 0;
        return finish(value, new FlowScalar(raw, quote, first, last).decode(), whole);
    }

    private SourceText block(String value, int start, int end) {
        int last = end;
        while (last > start && isWhite(raw.charAt(last - 1))) {
            last--;
        }
        return finish(value, new BlockScalar(raw, start, end).decode(value), text.span(start, last));
    }

    private SourceText finish(String value, Places places, SourceSpan whole) {
        return text.decoded(value, places.of(value), whole);
    }

    private int skipProperties(int from, int to) {
        int at = from;
        while (at < to && (raw.charAt(at) == '!' || raw.charAt(at) == '&')) {
            while (at < to && !isWhite(raw.charAt(at))) {
                at++;
            }
            at = skipWhiteAndComments(at, to);
        }
        return at;
    }

    private int skipWhiteAndComments(int from, int to) {
        int at = from;
        while (at < to && (isWhite(raw.charAt(at)) || raw.charAt(at) == '#')) {
            if (raw.charAt(at) == '#') {
                while (at < to && !isBreak(raw.charAt(at))) {
                    at++;
                }
            } else {
                at++;
            }
        }
        return at;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    static boolean isWhite(char c) {
        return isBlank(c) || isBreak(c);
    }

    /** The end of the line break at {@code at}: CR LF is one. */
    static int afterBreak(String raw, int at, int end) {
        return raw.charAt(at) == '\r' && at + 1 < end && raw.charAt(at + 1) == '\n' ? at + 2 : at + 1;
    }

    /** Decoded characters with their places, as they are found. */
    static final class Places {
        private final StringBuilder decoded = new StringBuilder();
        private int[] indexes = new int[32];
        private int end;

        void add(char c, int index) {
            if (decoded.length() == indexes.length) {
                indexes = Arrays.copyOf(indexes, indexes.length * 2);
            }
            indexes[decoded.length()] = index;
            decoded.append(c);
        }

        void endAt(int index) {
            end = index;
        }

        int length() {
            return decoded.length();
        }

        /** The places of {@code value}'s characters and of its end. */
        int[] of(String value) {
            if (!value.contentEquals(decoded)) {
                // The parser takes a few control characters for line breaks: that costs the exact places, not the run.
                int[] coarse = new int[value.length() + 1];
                Arrays.fill(coarse, decoded.isEmpty() ? end : indexes[0]);
                return coarse;
            }
            int[] places = Arrays.copyOf(indexes, decoded.length() + 1);
            places[decoded.length()] = end;
            return places;
        }
    }
}
