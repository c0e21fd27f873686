package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The same function with other values, or with functions of what it does not ask in place of its values. */
final class Relabel {
    private final Diagram diagram;
    private final Function<Object, Node> values;
    private final PairTable known = new PairTable();

    private Relabel(Diagram diagram, Function<Object, Node> values) {
        this.diagram = diagram;
        this.values = values;
    }

    static Relabel values(Diagram diagram, UnaryOperator<Object> values) {
        return new Relabel(diagram, value -> diagram.leaf(values.apply(value)));
    }

    /** @param nodes none of them asks anything that comes before the last question of the function */
    static Relabel nodes(Diagram diagram, Function<Object, Node> nodes) {
        return new Relabel(diagram, nodes);
    }

    static Node not(Diagram diagram, Node set) {
        return values(diagram, value -> !(Boolean) value).of(set);
    }

    Node of(Node node) {
        Node before = known.get(node, node);
        if (before != null) {
            return before;
        }
        Node made = switch (node) {
            case Leaf leaf -> values.apply(leaf.value());
            case Branch branch -> below(branch);
        };
        known.put(node, node, made);
        return made;
    }

    private Node below(Branch branch) {
        List<String> bounds = new ArrayList<>(branch.size());
        List<Node> children = new ArrayList<>(branch.size());
        for (int i = 0; i < branch.size(); i++) {
            if (i > 0) {
                bounds.add(branch.from(i));
            }
            children.add(of(branch.child(i)));
        }
        return diagram.branch(branch.variable(), bounds, children);
    }
}
