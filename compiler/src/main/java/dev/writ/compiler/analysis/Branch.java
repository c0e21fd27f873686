package dev.writ.compiler.analysis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Asks one thing of a call, whose answer is a string, and goes on by the interval that it is in.
 *
 * <p>INVARIANT: the bounds rise, and neighbours among the children differ; so there is one branch for one function.
 */
final class Branch implements Node {
    private final int id;
    private final int variable;
    private final String[] bounds;
    private final Node[] children;
    private final int hash;
    /** Made when it is first asked for: most branches are never looked up in. */
    private @Nullable BoundIndex index;

    /**
     * @param bounds the least strings of all intervals but the first
     * @param children one for each interval
     * @param hash of all that makes it what it is
     */
    Branch(int id, int variable, String[] bounds, Node[] children, int hash) {
        this.id = id;
        this.variable = variable;
        this.bounds = bounds;
        this.children = children;
        this.hash = hash;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public int variable() {
        return variable;
    }

    int hash() {
        return hash;
    }

    /** How many intervals there are. */
    int size() {
        return children.length;
    }

    /** The least string of an interval; that of the first is the least of all. */
    String from(int interval) {
        return interval == 0 ? "" : bounds[interval - 1];
    }

    Node child(int interval) {
        return children[interval];
    }

    /** The child of the interval that holds the string. */
    Node at(String answer) {
        return children[indexOf(answer)];
    }

    /** The interval that holds the string. */
    int indexOf(String answer) {
        if (bounds.length == 1) {
            return answer.compareTo(bounds[0]) < 0 ? 0 : 1;
        }
        if (bounds.length < BoundIndex.WORTHWHILE) {
            int found = Arrays.binarySearch(bounds, answer);
            return found >= 0 ? found + 1 : -found - 1;
        }
        if (index == null) {
            index = BoundIndex.of(bounds);
        }
        return index.notAbove(answer);
    }

    /** The unique table's last word: children are equal if they are identical. */
    boolean isSame(int otherVariable, String[] otherBounds, Node[] otherChildren) {
        return variable == otherVariable
                && Arrays.equals(children, otherChildren)
                && Arrays.equals(bounds, otherBounds);
    }

    @Override
    public String toString() {
        return Variables.describe(variable) + " of " + children.length + " intervals";
    }
}
