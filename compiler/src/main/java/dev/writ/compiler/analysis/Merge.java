package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes one function of two, call by call. What was merged once is remembered. */
final class Merge {

    /** What two nodes come to if that can be said without looking below them; null if not. */
    interface Operation {
        @Nullable
        Node of(Node one, Node other);
    }

    private final Diagram diagram;
    private final Operation operation;
    private final PairTable known = new PairTable();

    private Merge(Diagram diagram, Operation operation) {
        this.diagram = diagram;
        this.operation = operation;
    }

    static Merge by(Diagram diagram, Operation operation) {
        return new Merge(diagram, operation);
    }

    /** Each pair of values is made one once. */
    static Merge of(Diagram diagram, BinaryOperator<Object> values) {
        PairTable leaves = new PairTable();
        return new Merge(diagram, (one, other) -> {
            if (!(one instanceof Leaf first && other instanceof Leaf second)) {
                return null;
            }
            Node before = leaves.get(one, other);
            if (before != null) {
                return before;
            }
            Node made = diagram.leaf(values.apply(first.value(), second.value()));
            leaves.put(one, other, made);
            return made;
        });
    }

    /** The first, and where that is nothing the second. */
    static Merge firstOf(Diagram diagram) {
        Node nothing = diagram.leaf(Nothing.NOTHING);
        return new Merge(diagram, (one, other) -> {
            if (one == nothing || one == other) {
                return other;
            }
            return one instanceof Leaf || other == nothing ? one : null;
        });
    }

    /** The smaller of two numbers; nothing is larger than all. */
    static Merge least(Diagram diagram) {
        Node nothing = diagram.leaf(Nothing.NOTHING);
        return new Merge(diagram, (one, other) -> {
            if (one == nothing || one == other) {
                return other;
            }
            if (other == nothing) {
                return one;
            }
            return one instanceof Leaf first && other instanceof Leaf second
                    ? (Integer) first.value() <= (Integer) second.value() ? first : second
                    : null;
        });
    }

    static Merge both(Diagram diagram) {
        Node no = diagram.leaf(false);
        Node yes = diagram.leaf(true);
        return new Merge(diagram, (one, other) -> {
            if (one == no || other == no) {
                return no;
            }
            return one == yes || one == other ? other : other == yes ? one : null;
        });
    }

    static Merge either(Diagram diagram) {
        Node no = diagram.leaf(false);
        Node yes = diagram.leaf(true);
        return new Merge(diagram, (one, other) -> {
            if (one == yes || other == yes) {
                return yes;
            }
            return one == no || one == other ? other : other == no ? one : null;
        });
    }

    /** The second function where the first, a set of calls, holds; elsewhere this one. */
    static Merge where(Diagram diagram, Node elsewhere) {
        Node no = diagram.leaf(false);
        Node yes = diagram.leaf(true);
        return new Merge(diagram, (one, other) -> {
            if (one == no || other == elsewhere) {
                return elsewhere;
            }
            return one == yes ? other : null;
        });
    }

    Node of(Node one, Node other) {
        Node direct = operation.of(one, other);
        if (direct != null) {
            return direct;
        }
        Node before = known.get(one, other);
        if (before != null) {
            return before;
        }
        Node merged = below(one, other);
        known.put(one, other, merged);
        return merged;
    }

    /** All of them, from the left; in pairs, so that none is walked more often than there are levels of pairs. */
    Node all(List<Node> nodes, Node ofNone) {
        if (nodes.isEmpty()) {
            return ofNone;
        }
        List<Node> level = nodes;
        while (level.size() > 1) {
            List<Node> next = new ArrayList<>(level.size() / 2 + 1);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                next.add(of(level.get(i), level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                next.add(level.getLast());
            }
            level = next;
        }
        return level.getFirst();
    }

    private Node below(Node one, Node other) {
        int variable = Math.min(one.variable(), other.variable());
        Branch first = one.variable() == variable ? (Branch) one : null;
        Branch second = other.variable() == variable ? (Branch) other : null;
        List<String> bounds = new ArrayList<>();
        List<Node> children = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (true) {
            children.add(of(first == null ? one : first.child(i), second == null ? other : second.child(j)));
            String nextOfFirst = first == null || i + 1 == first.size() ? null : first.from(i + 1);
            String nextOfSecond = second == null || j + 1 == second.size() ? null : second.from(j + 1);
            if (nextOfFirst == null && nextOfSecond == null) {
                return diagram.branch(variable, bounds, children);
            }
            int order = nextOfFirst == null ? 1 : nextOfSecond == null ? -1 : nextOfFirst.compareTo(nextOfSecond);
            bounds.add(order <= 0 ? nextOfFirst : nextOfSecond);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }
}
