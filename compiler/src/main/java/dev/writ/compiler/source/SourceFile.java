package dev.writ.compiler.source;

import java.util.Arrays;

/** A text that was read, with the name its user knows it by (a path as given, {@code <stdin>}, {@code REV:PATH}). */
public final class SourceFile {
    private final String name;
    private final String text;
    private final boolean named;
    private final int[] lineStarts;

    /** A file that its user named. */
    public SourceFile(String name, String text) {
        this(name, text, true);
    }

    /** @param named whether the user named this file; false for one found in a folder, which may hold other things too */
    public SourceFile(String name, String text, boolean named) {
        this.name = name;
        this.text = text;
        this.named = named;
        this.lineStarts = lineStarts(text);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    public boolean named() {
        return named;
    }

    /** The line and column of an offset (in UTF-16 units, {@code 0..text.length()}). */
    public SourcePosition position(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new SourcePosition(line + 1, text.codePointCount(lineStarts[line], offset) + 1);
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /** The text of a line (from 1), without its line end. */
    public String line(int line) {
        int end = line < lineStarts.length ? lineStarts[line] : text.length();
        return text.substring(lineStarts[line - 1], end).stripTrailing();
    }

    /** The offset at which a line (from 1) starts. */
    public int lineStart(int line) {
        return lineStarts[line - 1];
    }

    public SourceSpan span(int start, int end) {
        return new SourceSpan(this, start, end);
    }

    @Override
    public String toString() {
        return name;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
