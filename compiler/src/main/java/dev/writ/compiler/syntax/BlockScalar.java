package dev.writ.compiler.syntax;

import dev.writ.compiler.syntax.ScalarDecoder.Places;
import java.util.ArrayList;
import java.util.List;

/** Decodes a literal ({@code |}) or folded ({@code >}) scalar: its lines without their indentation. */
final class BlockScalar {
    private final String raw;
    private final int end;
    private final boolean folded;
    private final Places places = new Places();
    /** The line breaks since the last line of text, that line's own first. */
    private final List<Integer> breaks = new ArrayList<>();

    private int at;
    private boolean begun;
    private boolean unfoldable;

    /** @param start where its indicator stands */
    BlockScalar(String raw, int start, int end) {
        this.raw = raw;
        this.end = end;
        this.folded = raw.charAt(start) == '>';
        this.at = start;
    }

    /** @param value tells the indentation, which can depend on that of the parents, and how many breaks end it */
    Places decode(String value) {
        skipBreak(lineEnd(at));
        int indentation = indentation(value);
        while (at < end) {
            int content = at + Math.min(indentation, spaces(at));
            int lineEnd = lineEnd(content);
            if (content < lineEnd) {
                textLine(content, lineEnd);
            }
            if (lineEnd < end) {
                breaks.add(lineEnd);
            }
            skipBreak(lineEnd);
        }
        int last = end;
        for (int i : breaks) {
            if (places.length() == value.length()) {
                last = i;
                break;
            }
            places.add('\n', i);
        }
        places.endAt(last);
        return places;
    }

    private void textLine(int content, int lineEnd) {
        boolean indented = ScalarDecoder.isBlank(raw.charAt(content));
        boolean fold = folded && begun && !unfoldable && !indented;
        if (fold && breaks.size() == 1) {
            places.add(' ', breaks.getFirst());
        } else {
            breaks.stream().skip(fold ? 1 : 0).forEach(i -> places.add('\n', i));
        }
        for (int i = content; i < lineEnd; i++) {
            places.add(raw.charAt(i), i);
        }
        breaks.clear();
        begun = true;
        unfoldable = indented;
    }

    /** What the file has more in front of the first line of text than the value has. */
    private int indentation(String value) {
        int first = 0;
        int line = at;
        while (first < value.length() && value.charAt(first) == '\n' && line < end) {
            first++;
            line = ScalarDecoder.afterBreak(raw, lineEnd(line), end);
        }
        if (first == value.length()) {
            return Integer.MAX_VALUE;
        }
        int kept = 0;
        while (first + kept < value.length() && value.charAt(first + kept) == ' ') {
            kept++;
        }
        return Math.max(0, spaces(line) - kept);
    }

    private int spaces(int from) {
        int i = from;
        while (i < end && raw.charAt(i) == ' ') {
            i++;
        }
        return i - from;
    }

    private int lineEnd(int from) {
        int i = from;
        while (i < end && !ScalarDecoder.isBreak(raw.charAt(i))) {
            i++;
        }
        return i;
    }

    private void skipBreak(int lineEnd) {
        at = lineEnd < end ? ScalarDecoder.afterBreak(raw, lineEnd, end) : end;
    }
}
