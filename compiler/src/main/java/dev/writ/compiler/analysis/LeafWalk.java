package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Region.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The values that a function takes, of all calls or of some, each with a call that it is taken of. */
final class LeafWalk {
    private final Diagram diagram;
    private final Callers callers;
    private final Predicate<Object> wanted;
    private final Node no;
    private final Set<Long> seen = new HashSet<>();
    private final List<Step> path = new ArrayList<>();
    private final Map<Object, Optional<Witness>> values = new LinkedHashMap<>();

    private LeafWalk(Diagram diagram, Callers callers, Predicate<Object> wanted) {
        this.wanted = wanted;
        this.diagram = diagram;
        this.callers = callers;
        this.no = diagram.leaf(false);
    }

    /**
     * The values, in the order of their least calls. A well-formed half has a call for each; what is taken of none, such as of paths
     * without a slash, is left out there.
     */
    static Map<Object, Optional<Witness>> of(Diagram diagram, Callers callers, Node function) {
        return of(diagram, callers, function, diagram.leaf(true), value -> true);
    }

    /** The values of these calls alone, as far as they are wanted. */
    static Map<Object, Optional<Witness>> of(
            Diagram diagram, Callers callers, Node function, Node calls, Predicate<Object> wanted) {
        LeafWalk walk = new LeafWalk(diagram, callers, wanted);
        walk.visit(function, calls);
        return walk.values;
    }

    private void visit(Node function, Node calls) {
        if (calls == no) {
            return;
        }
        if (function instanceof Leaf leaf && calls instanceof Leaf) {
            take(leaf.value());
        } else if (seen.add((long) function.id() << 32 | calls.id())) {
            if (calls.variable() < function.variable()) {
                below((Branch) calls, child -> visit(function, child));
            } else if (function.variable() < calls.variable()) {
                below((Branch) function, child -> visit(child, calls));
            } else {
                below((Branch) function, (Branch) calls);
            }
        }
    }

    private void take(Object value) {
        if (wanted.test(value) && values.getOrDefault(value, Optional.empty()).isEmpty()) {
            Optional<Witness> call = new Example(diagram, callers, UsualNames.NONE).of(new Region(path, value, value));
            if (call.isPresent() || callers == Callers.OTHER) {
                values.put(value, call);
            }
        }
    }

    private void below(Branch branch, Consumer<Node> visitor) {
        for (int i = 0; i < branch.size(); i++) {
            path.add(new Step(branch.variable(), branch.from(i), end(branch, i)));
            visitor.accept(branch.child(i));
            path.removeLast();
        }
    }

    /** Of a wide function only the intervals in which there are such calls. */
    private void below(Branch function, Branch calls) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.child(i) == no) {
                continue;
            }
            String from = calls.from(i);
            String end = end(calls, i);
            int j = function.indexOf(from);
            while (j < function.size() && (end == null || function.from(j).compareTo(end) < 0)) {
                String later = function.from(j).compareTo(from) > 0 ? function.from(j) : from;
                String next = end(function, j);
                String earlier = next == null || end != null && end.compareTo(next) < 0 ? end : next;
                path.add(new Step(function.variable(), later, earlier));
                visit(function.child(j), calls.child(i));
                path.removeLast();
                j++;
            }
        }
    }

    private static @Nullable String end(Branch branch, int interval) {
        return interval + 1 == branch.size() ? null : branch.from(interval + 1);
    }
}
