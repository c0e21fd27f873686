package dev.writ.compiler.source;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text that was read, with the name its user knows it by (a path as given, {@code <stdin>}, {@code REV:PATH}). */
public final class SourceFile {
    private final String name;
    private final String text;
    private final boolean named;
    private final int[] lineStarts;
    private final boolean hasSurrogates;
    private final SourceTree tree;
    private final @Nullable Path path;
    private final @Nullable Path root;

    /** A file that its user named. */
    public SourceFile(String name, String text) {
        this(name, text, true);
    }

    /** @param named whether the user named this file; false for one found in a folder, which may hold other things too */
    public SourceFile(String name, String text, boolean named) {
        this(name, text, named, lineStarts(text), SourceTree.DISK, null, null);
    }

    private SourceFile(
            String name,
            String text,
            boolean named,
            int[] lineStarts,
            SourceTree tree,
            @Nullable Path path,
            @Nullable Path root) {
        this.name = name;
        this.text = text;
        this.named = named;
        this.lineStarts = lineStarts;
        // In a line of a million characters each place would be counted from its start.
        this.hasSurrogates = hasSurrogates(text);
        this.tree = tree;
        this.path = path;
        this.root = root;
    }

    /** The same file of the disk, which may name others below this folder. */
    public SourceFile within(Path folder) {
        return at(SourceTree.DISK, Path.of(name), folder);
    }

    /** The same file, which stands there in a tree and may name others of it below this folder. */
    public SourceFile at(SourceTree where, Path place, Path folder) {
        return new SourceFile(name, text, named, lineStarts, where, place, folder);
    }

    /** The files that this one may name. */
    public SourceTree tree() {
        return tree;
    }

    /** Where it stands in its tree: how the files beside it are found. */
    public Path path() {
        return path == null ? Path.of(name) : path;
    }

    /** What a user calls a file that this one names relative to itself. */
    public String neighbour(String relative) {
        Path parent = path().getParent();
        Path found = parent == null ? Path.of(relative) : parent.resolve(relative);
        return tree.name(found.normalize());
    }

    /** The folder below which the files are that this one may name; null for a text that is in none. */
    public @Nullable Path root() {
        return root;
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
        int units = offset - lineStarts[line];
        return new SourcePosition(
                line + 1, (hasSurrogates ? text.codePointCount(lineStarts[line], offset) : units) + 1);
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

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
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
