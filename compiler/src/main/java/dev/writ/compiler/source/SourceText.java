package dev.writ.compiler.source;

import java.util.Arrays;

/**
 * A decoded string (a YAML scalar, a doc string) that knows for each of its characters where in the file it stands.
 *
 * <p>Escapes, folding and indentation make the decoded text differ from what the file holds; {@code offsets} has one
 * entry for each UTF-16 unit of the value and a last one for its end, so that a language inside the string (a SPIFFE
 * ID template, Writ rules) can underline its own words in the file.
 */
public final class SourceText {
    private final String value;
    private final SourceSpan span;
    private final int[] offsets;

    /** @param span what to underline for the value as a whole, quotes included */
    public SourceText(String value, SourceSpan span, int[] offsets) {
        if (offsets.length != value.length() + 1) {
            throw new IllegalArgumentException("need an offset for each character and for the end");
        }
        this.value = value;
        this.span = span;
        this.offsets = offsets.clone();
    }

    /** A text that stands in the file as it is. */
    public static SourceText verbatim(SourceSpan span) {
        int[] offsets = new int[span.end() - span.start() + 1];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = span.start() + i;
        }
        return new SourceText(span.text(), span, offsets);
    }

    /** A text that is a whole file. */
    public static SourceText whole(SourceFile file) {
        return verbatim(file.span(0, file.text().length()));
    }

    public String value() {
        return value;
    }

    public SourceSpan span() {
        return span;
    }

    /** Where the characters {@code start..end} (end exclusive) of the value stand in the file. */
    public SourceSpan span(int start, int end) {
        int from = offsets[start];
        // The last character's own start, plus one: the next character may stand lines further down.
        int to = end > start ? Math.max(offsets[end - 1] + 1, from) : from;
        if (end > start && end < offsets.length && isContiguousTo(end)) {
            to = Math.max(to, offsets[end]);
        }
        return new SourceSpan(span.file(), from, Math.min(to, span.file().text().length()));
    }

    /** The characters {@code start..end} (end exclusive) as a text of their own. */
    public SourceText slice(int start, int end) {
        return new SourceText(
                value.substring(start, end), span(start, end), Arrays.copyOfRange(offsets, start, end + 1));
    }

    // An escape is wider in the file than the one character it decodes to.
    private boolean isContiguousTo(int end) {
        return !span.file().text().substring(offsets[end - 1], offsets[end]).contains("\n");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceText that && value.equals(that.value) && span.equals(that.span);
    }

    @Override
    public int hashCode() {
        return value.hashCode() * 31 + span.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
