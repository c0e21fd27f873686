package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A regular expression of RE2 as far as it is made of literal text, alternatives at the outermost, whole segments, and an open end.
 * What else a regular expression may say is not read: that is what makes a policy's diagram unanswerable.
 */
final class RegexShape {
    /** {@code [^/]+}: text without a slash. */
    private static final String SEGMENT = "[^/]+";
    /** {@code (/[^/]+)+}: segments, each after a slash. */
    private static final String BELOW = "(/[^/]+)+";
    /** {@code ([?#].*)?}: the end of a path that does not count. */
    private static final String QUERY = "([?#].*)?";

    private static final String SYNTAX = "\\.+*?()|[]{}^$";

    private final String regex;
    private final List<Sequence> alternatives = new ArrayList<>();
    private List<Optional<String>> parts = new ArrayList<>();
    private StringBuilder literal = new StringBuilder();

    /**
     * One alternative.
     *
     * @param parts literal text, or empty for a segment
     */
    record Sequence(List<Optional<String>> parts, End end) {
        Sequence {
            parts = List.copyOf(parts);
        }

        /** If it is one text. */
        Optional<String> text() {
            return switch (parts.size()) {
                case 0 -> Optional.of("");
                case 1 -> parts.getFirst();
                default -> Optional.empty();
            };
        }
    }

    enum End {
        HERE,
        SEGMENTS_BELOW,
        QUERY
    }

    private RegexShape(String regex) {
        this.regex = regex;
    }

    /** Its alternatives; empty if it is not of this shape. */
    static Optional<List<Sequence>> of(String regex) {
        return new RegexShape(regex).read();
    }

    private Optional<List<Sequence>> read() {
        int at = 0;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '|') {
                end(End.HERE);
                at++;
            } else if (regex.startsWith(SEGMENT, at)) {
                closeLiteral();
                parts.add(Optional.empty());
                at += SEGMENT.length();
            } else if (isEnd(BELOW, at)) {
                end(End.SEGMENTS_BELOW);
                return Optional.of(alternatives);
            } else if (isEnd(QUERY, at)) {
                end(End.QUERY);
                return Optional.of(alternatives);
            } else if (c == '\\' && at + 1 < regex.length() && SYNTAX.indexOf(regex.charAt(at + 1)) >= 0) {
                literal.append(regex.charAt(at + 1));
                at += 2;
            } else if (SYNTAX.indexOf(c) < 0) {
                literal.append(c);
                at++;
            } else {
                return Optional.empty();
            }
        }
        end(End.HERE);
        return Optional.of(alternatives);
    }

    /** An open end binds to the last alternative alone: with others before, it is not read. */
    private boolean isEnd(String end, int at) {
        return alternatives.isEmpty() && regex.startsWith(end, at) && at + end.length() == regex.length();
    }

    private void closeLiteral() {
        if (!literal.isEmpty()) {
            parts.add(Optional.of(literal.toString()));
            literal = new StringBuilder();
        }
    }

    private void end(End end) {
        closeLiteral();
        alternatives.add(new Sequence(parts, end));
        parts = new ArrayList<>();
    }
}
