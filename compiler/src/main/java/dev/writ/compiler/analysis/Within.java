package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A function as far as some calls are concerned; of all others it says nothing. Of a wide function only the intervals are looked at in
 * which there are such calls, so that few calls cost little.
 */
final class Within {
    private final Diagram diagram;
    private final Node no;
    private final Node yes;
    private final Node nothing;
    private final PairTable known = new PairTable();

    Within(Diagram diagram) {
        this.diagram = diagram;
        this.no = diagram.leaf(false);
        this.yes = diagram.leaf(true);
        this.nothing = diagram.leaf(Nothing.NOTHING);
    }

    /** @param calls a function that is true or false */
    Node of(Node function, Node calls) {
        if (calls == no || function == nothing) {
            return nothing;
        }
        if (calls == yes) {
            return function;
        }
        Node before = known.get(function, calls);
        if (before != null) {
            return before;
        }
        Node made = below(function, calls);
        known.put(function, calls, made);
        return made;
    }

    private Node below(Node function, Node calls) {
        if (calls.variable() < function.variable()) {
            Branch asked = (Branch) calls;
            return each(asked, child -> of(function, child));
        }
        Branch wide = (Branch) function;
        return calls.variable() == function.variable()
                ? both(wide, (Branch) calls)
                : each(wide, child -> of(child, calls));
    }

    private Node each(Branch branch, UnaryOperator<Node> made) {
        List<String> bounds = new ArrayList<>(branch.size());
        List<Node> children = new ArrayList<>(branch.size());
        for (int i = 0; i < branch.size(); i++) {
            if (i > 0) {
                bounds.add(branch.from(i));
            }
            children.add(made.apply(branch.child(i)));
        }
        return diagram.branch(branch.variable(), bounds, children);
    }

    private Node both(Branch function, Branch calls) {
        List<String> bounds = new ArrayList<>();
        List<Node> children = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            String from = calls.from(i);
            if (i > 0) {
                bounds.add(from);
            }
            Node concerned = calls.child(i);
            if (concerned == no) {
                children.add(nothing);
                continue;
            }
            int j = i == 0 ? 0 : function.indexOf(from);
            children.add(of(function.child(j), concerned));
            boolean isLast = i + 1 == calls.size();
            while (++j < function.size() && (isLast || function.from(j).compareTo(calls.from(i + 1)) < 0)) {
                bounds.add(function.from(j));
                children.add(of(function.child(j), concerned));
            }
        }
        return diagram.branch(calls.variable(), bounds, children);
    }
}
