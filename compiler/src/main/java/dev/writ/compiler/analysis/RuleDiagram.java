package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list of rules as a function from calls to what decides. Each rule is its number wherever it matches, and the least number decides:
 * so the order of merging is free, and all exact strings and prefixes go through one tree.
 */
final class RuleDiagram {
    private final Diagram diagram;
    private final Callers callers;
    private final CallerSets sets;
    private final PrincipalDiagram principals;
    private final ConditionDiagram conditions;
    private final Naming naming;
    private final Merge least;
    private final Merge where;
    private final Node nothing;

    /** What a rule is called. */
    interface Naming {
        Decided decided(Rule rule, Decision decision);

        /** As the emitted config calls them, so that both can be compared. */
        static Decided asEmitted(Rule rule, Decision decision) {
            return new Decided(decision, rule.origin().name(), null);
        }

        /** As people call them, with their places. */
        static Decided asWritten(Rule rule, Decision decision) {
            return new Decided(decision, rule.origin().label(), rule.origin().span());
        }
    }

    RuleDiagram(Diagram diagram, Callers callers, Certificates certificates, int port, Naming naming) {
        this.diagram = diagram;
        this.callers = callers;
        this.sets = new CallerSets(diagram, callers);
        this.principals = new PrincipalDiagram(diagram, callers, certificates);
        this.conditions = new ConditionDiagram(diagram, port);
        this.naming = naming;
        this.least = Merge.least(diagram);
        this.nothing = diagram.leaf(Nothing.NOTHING);
        this.where = Merge.where(diagram, nothing);
    }

    /** With what decides as the values. */
    Node of(RuleList list) {
        return of(list, decided -> decided);
    }

    /** @param values what to make of what decides */
    Node of(RuleList list, Function<Decided, Object> values) {
        CallerTree tree = new CallerTree(diagram, callers, least);
        List<Node> others = new ArrayList<>();
        for (int i = 0; i < list.rules().size(); i++) {
            Rule rule = list.rules().get(i);
            add(rule.principal(), where.of(conditions.of(rule.conditions()), diagram.leaf(i)), tree, others);
        }
        others.addFirst(tree.node(nothing));
        Node numbers = least.all(others, nothing);
        return Relabel.values(diagram, value -> values.apply(decided(list, value)))
                .of(numbers);
    }

    private void add(Principal principal, Node number, CallerTree tree, List<Node> others) {
        switch (principal) {
            case Principal.Exact exact -> tree.exact(exact.value(), number);
            case Principal.Prefix prefix -> tree.prefix(prefix.value(), number);
            case Principal.AnyOf any -> any.members().forEach(member -> add(member, number, tree, others));
            case Principal.Always always -> others.add(number);
            case Principal.Segments segments -> {
                List<Optional<String>> whole = PrincipalDiagram.whole(segments);
                Node below = segments.below() ? where.of(sets.othersNotEmpty(whole.size()), number) : number;
                tree.segments(whole, segments.below(), below);
            }
            case Principal.SanEquals san -> others.add(where.of(principals.of(san), number));
            case Principal.AllOf all -> others.add(where.of(principals.of(all), number));
            case Principal.Not not -> others.add(where.of(principals.of(not), number));
        }
    }

    private Decided decided(RuleList list, Object value) {
        if (value instanceof Integer number) {
            Rule rule = list.rules().get(number);
            return naming.decided(rule, decision(rule.action()));
        }
        return new Decided(decision(list.byDefault()), RuleList.DEFAULT_NAME, null);
    }

    private static Decision decision(Action action) {
        return switch (action) {
            case ALLOW -> Decision.ALLOW;
            case DENY -> Decision.DENY;
        };
    }
}
