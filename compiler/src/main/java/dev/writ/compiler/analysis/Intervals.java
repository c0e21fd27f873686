package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the intervals of one question about a segment from the least on; of those without a string of the half nothing stays. */
final class Intervals {
    private final Callers callers;
    private final int position;
    private final List<String> bounds = new ArrayList<>();
    private final List<Node> children = new ArrayList<>();

    /** @param first what the least strings lead to */
    Intervals(Callers callers, int position, Node first) {
        this.callers = callers;
        this.position = position;
        children.add(first);
    }

    /** From here on, until another is added. */
    void from(@Nullable String bound, Node child) {
        at(bound == null ? null : callers.ceiling(position, bound), child);
    }

    /** @param least some string of the half; null for none, and then nothing is from there on */
    void at(@Nullable String least, Node child) {
        if (least == null) {
            return;
        }
        if (least.equals(callers.least(position))) {
            children.set(0, child);
            bounds.clear();
            children.subList(1, children.size()).clear();
        } else if (!bounds.isEmpty() && bounds.getLast().equals(least)) {
            children.set(children.size() - 1, child);
        } else {
            bounds.add(least);
            children.add(child);
        }
    }

    /** From just after a string on. */
    void after(String text, Node child) {
        from(text + '\0', child);
    }

    /** From just after all strings that begin so. */
    void afterAll(String prefix, Node child) {
        from(successor(prefix), child);
    }

    Node node(Diagram diagram) {
        return diagram.branch(Variables.segment(position), bounds, children);
    }

    /** The least string after all that begin with this one; null if there is none. */
    static @Nullable String successor(String prefix) {
        int last = prefix.length() - 1;
        while (last >= 0 && prefix.charAt(last) == Character.MAX_VALUE) {
            last--;
        }
        return last < 0 ? null : prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }
}
