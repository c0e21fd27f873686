package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Region.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through two functions side by side, inside a set of calls, but not where they are the same node. */
final class DifferenceWalk {
    private final BiPredicate<Node, Node> same;
    private final Predicate<Region> visitor;
    private final Set<Pair> seen = new HashSet<>();
    private final List<Step> path = new ArrayList<>();

    private record Pair(Node before, Node after, Node within) {}

    private DifferenceWalk(BiPredicate<Node, Node> same, Predicate<Region> visitor) {
        this.same = same;
        this.visitor = visitor;
    }

    /**
     * Shows the visitor a region for each pair of values that differ, where there is one, until it has seen enough. Of regions that end
     * in the same nodes it sees one.
     *
     * @param within where to look: a function that is true or false
     * @param same whether there is no difference between two nodes; of one node it is not asked
     * @param visitor true to go on
     */
    static void walk(Node before, Node after, Node within, BiPredicate<Node, Node> same, Predicate<Region> visitor) {
        new DifferenceWalk(same, visitor).visit(before, after, within);
    }

    /** False when it has been enough. */
    private boolean visit(Node before, Node after, Node within) {
        if (before == after || within instanceof Leaf leaf && leaf.value().equals(false) || same.test(before, after)) {
            return true;
        }
        if (before instanceof Leaf one && after instanceof Leaf other && within instanceof Leaf) {
            return visitor.test(new Region(path, one.value(), other.value()));
        }
        return !seen.add(new Pair(before, after, within)) || below(before, after, within);
    }

    private boolean below(Node before, Node after, Node within) {
        int variable = Math.min(Math.min(before.variable(), after.variable()), within.variable());
        Branch first = before.variable() == variable ? (Branch) before : null;
        Branch second = after.variable() == variable ? (Branch) after : null;
        Branch third = within.variable() == variable ? (Branch) within : null;
        int i = 0;
        int j = 0;
        int k = 0;
        String from = "";
        while (true) {
            String nextOfFirst = next(first, i);
            String nextOfSecond = next(second, j);
            String nextOfThird = next(third, k);
            String to = lesser(lesser(nextOfFirst, nextOfSecond), nextOfThird);
            path.add(new Step(variable, from, to));
            boolean isEnough = !visit(
                    first == null ? before : first.child(i),
                    second == null ? after : second.child(j),
                    third == null ? within : third.child(k));
            path.removeLast();
            if (isEnough || to == null) {
                return !isEnough;
            }
            from = to;
            i += to.equals(nextOfFirst) ? 1 : 0;
            j += to.equals(nextOfSecond) ? 1 : 0;
            k += to.equals(nextOfThird) ? 1 : 0;
        }
    }

    private static @Nullable String next(@Nullable Branch branch, int interval) {
        return branch == null || interval + 1 == branch.size() ? null : branch.from(interval + 1);
    }

    /** Null is greater than all. */
    private static @Nullable String lesser(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }
}
