package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * Functions put together in pairs, and these in pairs again. Where one of them changes, all others together are the few nodes beside
 * its way to the root.
 */
final class MergeTree {
    private final List<List<Node>> levels = new ArrayList<>();
    private final Node ofNone;

    MergeTree(List<Node> leaves, Node ofNone, Merge together) {
        this.ofNone = ofNone;
        List<Node> level = List.copyOf(leaves);
        levels.add(level);
        while (level.size() > 1) {
            List<Node> next = new ArrayList<>(level.size() / 2 + 1);
            for (int i = 0; i < level.size(); i += 2) {
                next.add(i + 1 < level.size() ? together.of(level.get(i), level.get(i + 1)) : level.get(i));
            }
            levels.add(next);
            level = next;
        }
    }

    Node leaf(int number) {
        return levels.getFirst().get(number);
    }

    /** All of them together. */
    Node root() {
        List<Node> top = levels.getLast();
        return top.isEmpty() ? ofNone : top.getFirst();
    }

    /** All but one, in a few nodes that are not put together. */
    List<Node> beside(int leaf) {
        List<Node> beside = new ArrayList<>();
        int at = leaf;
        for (List<Node> level : levels) {
            int sibling = at ^ 1;
            if (sibling < level.size()) {
                beside.add(level.get(sibling));
            }
            at /= 2;
        }
        return beside;
    }
}
