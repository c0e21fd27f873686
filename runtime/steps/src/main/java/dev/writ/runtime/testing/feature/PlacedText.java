package dev.writ.runtime.testing.feature;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.Arrays;

/** A text under construction that keeps for each character its offset in the file: what a {@link SourceText} is made of. */
final class PlacedText {
    private final StringBuilder value = new StringBuilder();
    private int[] offsets = new int[64];

    /** A text that stands in the file as it is. */
    static PlacedText verbatim(SourceSpan span) {
        PlacedText text = new PlacedText();
        for (int i = 0; i < span.text().length(); i++) {
            text.append(span.text().charAt(i), span.start() + i);
        }
        return text;
    }

    void append(char c, int offset) {
        if (value.length() == offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[value.length()] = offset;
        value.append(c);
    }

    void append(PlacedText other, int from, int to) {
        for (int i = from; i < to; i++) {
            append(other.value.charAt(i), other.offsets[i]);
        }
    }

    /** The same text with every {@code written} read as {@code meant}: each of its characters stands where the first did. */
    PlacedText replace(String written, String meant) {
        PlacedText replaced = new PlacedText();
        int from = 0;
        for (int at = value.indexOf(written); at >= 0; at = value.indexOf(written, from)) {
            replaced.append(this, from, at);
            for (int i = 0; i < meant.length(); i++) {
                replaced.append(meant.charAt(i), offsets[at]);
            }
            from = at + written.length();
        }
        replaced.append(this, from, value.length());
        return replaced;
    }

    int length() {
        return value.length();
    }

    String value() {
        return value.toString();
    }

    /** @param end the offset behind the last character */
    SourceText toSourceText(SourceSpan span, int end) {
        int[] all = Arrays.copyOf(offsets, value.length() + 1);
        all[value.length()] = end;
        return new SourceText(value(), span, all);
    }
}
