package dev.writ.compiler.source;

/** A stretch of a {@link SourceFile}: offsets in UTF-16 units, the end exclusive; empty at the end of a file. */
public record SourceSpan(SourceFile file, int start, int end) implements Comparable<SourceSpan> {

    public SourceSpan {
        if (start < 0 || end < start || end > file.text().length()) {
            throw new IllegalArgumentException("span " + start + ".." + end + " outside " + file);
        }
    }

    public SourcePosition startPosition() {
        return file.position(start);
    }

    public SourcePosition endPosition() {
        return file.position(end);
    }

    /** The underlined text. */
    public String text() {
        return file.text().substring(start, end);
    }

    /** From the start of this span to the end of another one of the same file. */
    public SourceSpan to(SourceSpan other) {
        return new SourceSpan(file, start, Math.max(end, other.end));
    }

    /** {@code path:line:column}, as editors and CI systems link it. */
    public String place() {
        SourcePosition position = startPosition();
        return file.name() + ":" + position.line() + ":" + position.column();
    }

    @Override
    public int compareTo(SourceSpan other) {
        int byFile = file == other.file ? 0 : file.name().compareTo(other.file.name());
        if (byFile != 0) {
            return byFile;
        }
        return start != other.start ? Integer.compare(start, other.start) : Integer.compare(end, other.end);
    }

    @Override
    public String toString() {
        return place();
    }
}
