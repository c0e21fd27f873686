package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sets of calls by a text that is no caller: server name, method, path. An absent server name is the empty one; paths begin with a slash. */
final class TextSets {
    private static final String FIRST_PATH = "/";
    private static final String AFTER_PATHS = "0";

    private final Diagram diagram;
    private final Node yes;
    private final Node no;

    TextSets(Diagram diagram) {
        this.diagram = diagram;
        this.yes = diagram.leaf(true);
        this.no = diagram.leaf(false);
    }

    Node oneOf(int variable, Collection<String> texts) {
        Pieces pieces = new Pieces(variable);
        for (String text : new TreeSet<>(texts)) {
            pieces.add(text, text + '\0');
        }
        return pieces.node();
    }

    Node startingWith(int variable, String prefix) {
        Pieces pieces = new Pieces(variable);
        pieces.add(prefix, Intervals.successor(prefix));
        return pieces.node();
    }

    /** Those of the set; they rise and do not overlap. */
    private final class Pieces {
        private final int variable;
        private final List<String> bounds = new ArrayList<>();
        private final List<Node> children = new ArrayList<>(List.of(no));

        Pieces(int variable) {
            this.variable = variable;
        }

        void add(String from, @Nullable String to) {
            boolean isPath = variable == Variables.PATH;
            if (isPath && (from.compareTo(AFTER_PATHS) >= 0 || to != null && to.compareTo(FIRST_PATH) <= 0)) {
                return;
            }
            start(isPath && from.compareTo(FIRST_PATH) <= 0 ? "" : from, yes);
            if (to != null && !(isPath && to.compareTo(AFTER_PATHS) >= 0)) {
                start(to, no);
            }
        }

        private void start(String bound, Node child) {
            if (bound.isEmpty() || !bounds.isEmpty() && bounds.getLast().equals(bound)) {
                children.set(children.size() - 1, child);
            } else {
                bounds.add(bound);
                children.add(child);
            }
        }

        Node node() {
            return diagram.branch(variable, bounds, children);
        }
    }
}
