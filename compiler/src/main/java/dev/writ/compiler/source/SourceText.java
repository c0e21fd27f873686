package dev.writ.compiler.source;

import org.jspecify.annotations.Nullable;

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
    /** Where a verbatim text starts; its characters follow each other in the file. */
    private final int start;
    /** Null for a verbatim text, which most are: a file of 10 MB needs no table of its own offsets. */
    private final int @Nullable [] offsets;

    /** @param span what to underline for the value as a whole, quotes included */
    public SourceText(String value, SourceSpan span, int[] offsets) {
        if (offsets.length != value.length() + 1) {
            throw new IllegalArgumentException("need an offset for each character and for the end");
        }
        this.value = value;
        this.span = span;
        this.start = offsets[0];
        this.offsets = offsets.clone();
    }

    private SourceText(String value, SourceSpan span, int start) {
        this.value = value;
        this.span = span;
        this.start = start;
        this.offsets = null;
    }

    /** A text that stands in the file as it is. */
    public static SourceText verbatim(SourceSpan span) {
        return new SourceText(span.text(), span, span.start());
    }

    /** A text that is a whole file. */
    public static SourceText whole(SourceFile file) {
        return new SourceText(file.text(), file.span(0, file.text().length()), 0);
    }

    public String value() {
        return value;
    }

    public SourceSpan span() {
        return span;
    }

    /** Where the character at {@code index} of the value stands in the file; for the value's length, where it ends. */
    public int offset(int index) {
        return offsets == null ? start + index : offsets[index];
    }

    /** Where the characters {@code start..end} (end exclusive) of the value stand in the file. */
    public SourceSpan span(int start, int end) {
        int from = offset(start);
        // The last character's own start, plus one: the next character may stand lines further down.
        int to = end > start ? Math.max(offset(end - 1) + 1, from) : from;
        if (end > start && isContiguousTo(end)) {
            to = Math.max(to, offset(end));
        }
        return new SourceSpan(span.file(), from, Math.min(to, span.file().text().length()));
    }

    /** The characters {@code start..end} (end exclusive) as a text of their own. */
    public SourceText slice(int start, int end) {
        return slice(start, end, span(start, end));
    }

    /** The characters {@code start..end} of this text as a text of their own, underlined by {@code whole} as a whole. */
    public SourceText slice(int start, int end, SourceSpan whole) {
        String part = value.substring(start, end);
        if (offsets == null) {
            return new SourceText(part, whole, this.start + start);
        }
        int[] places = new int[end - start + 1];
        System.arraycopy(offsets, start, places, 0, places.length);
        return new SourceText(part, whole, places);
    }

    /** What a decoder made of a part of this text: {@code indexes} say for each character where in this value it stood. */
    public SourceText decoded(String text, int[] indexes, SourceSpan whole) {
        int[] places = new int[indexes.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = offset(indexes[i]);
        }
        return new SourceText(text, whole, places);
    }

    // An escape is wider in the file than the one character it decodes to. What was put together from parts may go
    // back.
    private boolean isContiguousTo(int end) {
        return offset(end - 1) <= offset(end)
                && !span.file().text().substring(offset(end - 1), offset(end)).contains("\n");
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
