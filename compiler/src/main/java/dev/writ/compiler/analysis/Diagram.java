package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The nodes of some functions of calls, each of them once. That two functions are equal is that they are the same node.
 *
 * <p>A function that asks too much makes more nodes than there is memory for: past a budget the diagram gives up with
 * {@link Unanswerable}, and nothing is claimed.
 */
final class Diagram {
    /** Some 200 MB. */
    static final int BUDGET = 2_000_000;

    private final int budget;
    private final Map<Object, Leaf> leaves = new HashMap<>();
    private final Map<Object, Integer> facts = new HashMap<>();
    private final List<Object> factsByNumber = new ArrayList<>();
    private Branch[] table = new Branch[1 << 12];
    private int branches;
    private int nodes;

    Diagram(int budget) {
        this.budget = budget;
    }

    /** How many nodes there are. */
    int size() {
        return nodes;
    }

    Leaf leaf(Object value) {
        return leaves.computeIfAbsent(value, v -> new Leaf(count(), v));
    }

    /** True for calls of which the certificate has this fact. */
    Node fact(Object fact) {
        int number = facts.computeIfAbsent(fact, f -> {
            factsByNumber.add(f);
            return facts.size();
        });
        return yesNo(Variables.fact(number), leaf(true), leaf(false));
    }

    /** What a fact's number stands for. */
    Object factOf(int variable) {
        return factsByNumber.get(variable - Variables.fact(0));
    }

    /** A question of two answers. */
    Node yesNo(int variable, Node yes, Node no) {
        return branch(variable, List.of(Choice.YES), List.of(no, yes));
    }

    /** The function that goes on by the interval of an answer; intervals of the same child are made one. */
    Node branch(int variable, List<String> bounds, List<? extends Node> children) {
        int kept = 1;
        for (int i = 1; i < children.size(); i++) {
            if (children.get(i) != children.get(i - 1)) {
                kept++;
            }
        }
        if (kept == 1) {
            return children.get(0);
        }
        String[] keptBounds = new String[kept - 1];
        Node[] keptChildren = new Node[kept];
        keptChildren[0] = children.get(0);
        int last = 0;
        for (int i = 1; i < children.size(); i++) {
            if (children.get(i) != children.get(i - 1)) {
                keptBounds[last] = bounds.get(i - 1);
                keptChildren[++last] = children.get(i);
            }
        }
        return unique(variable, keptBounds, keptChildren);
    }

    private Branch unique(int variable, String[] bounds, Node[] children) {
        int hash = hash(variable, bounds, children);
        int at = hash & (table.length - 1);
        for (Branch known = table[at]; known != null; known = table[at]) {
            if (known.isSame(variable, bounds, children)) {
                return known;
            }
            at = (at + 1) & (table.length - 1);
        }
        Branch made = new Branch(count(), variable, bounds, children, hash);
        table[at] = made;
        if (++branches * 2 > table.length) {
            grow();
        }
        return made;
    }

    private void grow() {
        Branch[] old = table;
        table = new Branch[old.length * 2];
        for (Branch branch : old) {
            if (branch != null) {
                int at = branch.hash() & (table.length - 1);
                while (table[at] != null) {
                    at = (at + 1) & (table.length - 1);
                }
                table[at] = branch;
            }
        }
    }

    private static int hash(int variable, String[] bounds, Node[] children) {
        int hash = variable * 31 + Arrays.hashCode(bounds);
        for (Node child : children) {
            hash = hash * 31 + child.id();
        }
        return Mixing.of(hash);
    }

    private int count() {
        if (nodes >= budget) {
            throw new Unanswerable(
                    String.format(Locale.ROOT, "the policy needs a decision diagram of more than %,d nodes", budget));
        }
        return nodes++;
    }
}
