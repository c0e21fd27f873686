package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Region.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through two functions side by side, but not where they are the same node. */
final class DifferenceWalk {
    private final BiPredicate<Object, Object> differs;
    private final Predicate<Region> visitor;
    private final Set<Long> seen = new HashSet<>();
    private final List<Step> path = new ArrayList<>();

    private DifferenceWalk(BiPredicate<Object, Object> differs, Predicate<Region> visitor) {
        this.differs = differs;
        this.visitor = visitor;
    }

    /**
     * Shows the visitor a region for each pair of values that differ, where there is one, until it has seen enough. Of regions that end
     * in the same nodes it sees one.
     *
     * @param visitor true to go on
     */
    static void walk(Node before, Node after, BiPredicate<Object, Object> differs, Predicate<Region> visitor) {
        new DifferenceWalk(differs, visitor).visit(before, after);
    }

    /** False when it has been enough. */
    private boolean visit(Node before, Node after) {
        if (before == after) {
            return true;
        }
        if (before instanceof Leaf one && after instanceof Leaf other) {
            return !differs.test(one.value(), other.value())
                    || visitor.test(new Region(path, one.value(), other.value()));
        }
        return !seen.add((long) before.id() << 32 | after.id()) || below(before, after);
    }

    private boolean below(Node before, Node after) {
        int variable = Math.min(before.variable(), after.variable());
        Branch first = before.variable() == variable ? (Branch) before : null;
        Branch second = after.variable() == variable ? (Branch) after : null;
        int i = 0;
        int j = 0;
        String from = "";
        while (true) {
            String nextOfFirst = next(first, i);
            String nextOfSecond = next(second, j);
            int order = order(nextOfFirst, nextOfSecond);
            String to = order <= 0 ? nextOfFirst : nextOfSecond;
            path.add(new Step(variable, from, to));
            boolean isEnough =
                    !visit(first == null ? before : first.child(i), second == null ? after : second.child(j));
            path.removeLast();
            if (isEnough || to == null) {
                return !isEnough;
            }
            from = to;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }

    private static @Nullable String next(@Nullable Branch branch, int interval) {
        return branch == null || interval + 1 == branch.size() ? null : branch.from(interval + 1);
    }

    private static int order(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null && other == null ? 0 : one == null ? 1 : -1;
        }
        return one.compareTo(other);
    }
}
