package dev.writ.compiler.analysis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of SPIFFE IDs that fare alike.
 *
 * @param text a SPIFFE ID, or one with stars: the last stands for whatever follows, slashes too, the others each for the rest of a segment
 * @param except patterns of those IDs that are not in the set
 */
public record IdPattern(String text, List<IdPattern> except, Answer answer) {
    public IdPattern {
        except = List.copyOf(except);
    }

    /** Behind a text whose last star stands for the rest of a segment alone. */
    static final String NO_SLASH = " (and no slash)";

    /** Whether it is one ID. */
    public boolean isSingle() {
        return text.indexOf('*') < 0;
    }

    /** {@code spiffe://td/ns/a* except spiffe://td/ns/a/sa/b}. */
    public String words() {
        return except.isEmpty()
                ? text
                : text + " except " + except.stream().map(IdPattern::nested).collect(Collectors.joining(", "));
    }

    private String nested() {
        return except.isEmpty() ? text : "(" + words() + ")";
    }
}
