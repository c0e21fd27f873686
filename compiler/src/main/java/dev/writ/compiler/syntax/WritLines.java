package dev.writ.compiler.syntax;

/** Lines of formatted Writ as they grow: words are parted by a space, and of blank lines one is kept. */
final class WritLines {
    private static final String INDENT = "  ";

    /** What the line is that is being written. */
    enum Kind {
        COMMENT,
        INCLUDE,
        /** An entry of a block, or a rule of a text of nothing but rules. */
        ENTRY,
        DECLARATION
    }

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private Kind kind = Kind.ENTRY;
    private int depth;
    private int indent;
    /** How many lines of the source have ended since the last word or comment. */
    private int lineEnds;
    /** Whether the line is the first of its block. */
    private boolean isFirst = true;

    private boolean isInline;

    void lineEnd() {
        lineEnds++;
    }

    /** A word that starts a line, or, in a block on one line, an entry. */
    void start(String word, Kind of) {
        if (isInline) {
            line.append(line.charAt(line.length() - 1) == '{' ? " " : "  ").append(word);
        } else {
            boolean isApart =
                    of == Kind.DECLARATION && kind != Kind.COMMENT || of == Kind.INCLUDE && kind == Kind.DECLARATION;
            begin(isApart, of);
            line.append(word);
        }
        lineEnds = 0;
    }

    /** A word behind others. */
    void word(String word) {
        line.append(' ').append(word);
        lineEnds = 0;
    }

    void comma() {
        line.append(',');
        lineEnds = 0;
    }

    void comment(String comment) {
        if (lineEnds == 0 && !line.isEmpty()) {
            line.append("  ").append(comment);
        } else {
            begin(kind == Kind.DECLARATION && depth == 0, Kind.COMMENT);
            line.append(comment);
        }
        lineEnds = 0;
    }

    void open(boolean inline) {
        word("{");
        isInline = inline;
        if (!inline) {
            depth++;
            isFirst = true;
        }
    }

    void close() {
        if (isInline) {
            line.append(line.charAt(line.length() - 1) == '{' ? "}" : " }");
            isInline = false;
        } else {
            depth--;
            isFirst = true;
            begin(false, depth == 0 ? Kind.DECLARATION : Kind.ENTRY);
            line.append('}');
        }
        lineEnds = 0;
    }

    private void begin(boolean isApart, Kind of) {
        flush();
        if (!isFirst && (isApart || lineEnds > 1)) {
            text.append('\n');
        }
        isFirst = false;
        indent = depth;
        kind = of;
    }

    private void flush() {
        if (!line.isEmpty()) {
            text.append(INDENT.repeat(indent)).append(line).append('\n');
            line.setLength(0);
        }
    }

    String toText() {
        flush();
        return text.toString();
    }
}
