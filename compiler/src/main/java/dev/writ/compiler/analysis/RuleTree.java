package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of rules that one rule is changed of at a time. A rule's rank is an odd number; what is put before it has the even one below:
 * so ranks stay as they are, whatever is put in.
 */
final class RuleTree {
    private final RuleList list;
    private final Diagram diagram;
    private final RuleMatches matches;
    private final Merge least;
    private final Merge where;
    private final Merge either;
    private final Within within;
    private final Node nothing;
    private final MergeTree tree;

    /** Of each call that counts the rank of the rule that decides. */
    record Ranks(Node before, Node after) {}

    RuleTree(RuleList list, Diagram diagram, RuleMatches matches) {
        this.list = list;
        this.diagram = diagram;
        this.matches = matches;
        this.least = Merge.least(diagram);
        this.nothing = diagram.leaf(Nothing.NOTHING);
        this.where = Merge.where(diagram, nothing);
        this.either = Merge.either(diagram);
        this.within = new Within(diagram);
        List<Node> leaves = new ArrayList<>(list.rules().size());
        for (int i = 0; i < list.rules().size(); i++) {
            leaves.add(ranked(list.rules().get(i), 2 * i + 1));
        }
        this.tree = new MergeTree(leaves, nothing, least);
    }

    private Node ranked(Rule rule, int rank) {
        return where.of(matches.of(rule), diagram.leaf(rank));
    }

    /** The calls that the rule matches, or what is put in for it. */
    Node concerned(RuleListEdit edit) {
        Node calls = matches.of(list.rules().get(edit.removed()));
        for (Rule rule : edit.instead()) {
            calls = either.of(calls, matches.of(rule));
        }
        return calls;
    }

    Ranks ranks(Optional<RuleListEdit> edit, Node calls) {
        if (edit.isEmpty()) {
            Node same = within.of(tree.root(), calls);
            return new Ranks(same, same);
        }
        RuleListEdit made = edit.get();
        Node others = least.all(
                tree.beside(made.removed()).stream()
                        .map(node -> within.of(node, calls))
                        .toList(),
                nothing);
        Node before = least.of(others, within.of(tree.leaf(made.removed()), calls));
        Node after = others;
        for (Rule rule : made.instead()) {
            after = least.of(after, within.of(ranked(rule, 2 * made.slot()), calls));
        }
        return new Ranks(before, after);
    }

    /** What the rule of a rank does; what is no rank is the default. */
    Action action(Object rank, Optional<RuleListEdit> edit) {
        if (!(rank instanceof Integer number)) {
            return list.byDefault();
        }
        return number % 2 == 0
                ? edit.orElseThrow().instead().getFirst().action()
                : list.rules().get(number / 2).action();
    }

    /** The ranks after an edit, that of what was put in as the one of the rule it is put in for. */
    Node asBefore(Node after, Optional<RuleListEdit> edit) {
        return edit.map(made -> Relabel.values(
                                diagram,
                                rank -> rank instanceof Integer number && number % 2 == 0
                                        ? Integer.valueOf(2 * made.removed() + 1)
                                        : rank)
                        .of(after))
                .orElse(after);
    }
}
