package dev.writ.compiler.diagnostic;

import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourcePosition;
import dev.writ.compiler.source.SourceSpan;

/**
 * The source line a span starts in, cut to a readable width, and the carets below it.
 *
 * @param underline empty where the line is masked
 */
record Excerpt(int line, String text, String underline) {
    private static final int WIDTH = 160;
    private static final int BEFORE = 60;
    private static final String CUT = "…";

    static Excerpt of(SourceSpan span, SecretLines secrets) {
        SourceFile file = span.file();
        SourcePosition position = span.startPosition();
        if (secrets.contains(position.line())) {
            return new Excerpt(position.line(), "(masked: this line holds a secret)", "");
        }
        int lineStart = file.lineStart(position.line());
        int lineEnd = lineStart + file.line(position.line()).length();
        // A span may lie in the blanks that end a line, or cover several lines: the carets stay within what is shown.
        int start = Math.min(span.start(), lineEnd);
        int end = Math.max(start, Math.min(span.end(), lineEnd));
        int from = lineEnd - lineStart <= WIDTH ? lineStart : boundary(file, Math.max(lineStart, start - BEFORE));
        int to = boundary(file, Math.min(lineEnd, from + WIDTH));
        String head = from > lineStart ? CUT : "";
        String shown = Printable.line(file.text().substring(from, to));
        String blank = " ".repeat(head.length() + width(file, from, start));
        String carets = "^".repeat(Math.max(1, width(file, start, Math.min(end, to))));
        return new Excerpt(position.line(), head + shown + (to < lineEnd ? CUT : ""), blank + carets);
    }

    int gutter() {
        return Integer.toString(line).length();
    }

    private static int width(SourceFile file, int from, int to) {
        return from >= to ? 0 : file.text().codePointCount(from, to);
    }

    // Never cuts a surrogate pair in two.
    private static int boundary(SourceFile file, int offset) {
        return offset > 0
                        && offset < file.text().length()
                        && Character.isLowSurrogate(file.text().charAt(offset))
                ? offset - 1
                : offset;
    }
}
