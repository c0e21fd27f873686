package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.function.Function;

/**
 * A list of rules as a function from calls to what decides. Each rule is its number wherever it matches, and the least number decides:
 * so the order of merging is free, and all that the rules say of callers goes through one tree.
 */
final class RuleDiagram {
    private final Diagram diagram;
    private final RuleMatches matches;
    private final Naming naming;
    private final Merge least;
    private final Leaf nothing;

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
        this.matches = new RuleMatches(diagram, callers, certificates, port);
        this.naming = naming;
        this.least = Merge.least(diagram);
        this.nothing = diagram.leaf(Nothing.NOTHING);
    }

    /** With what decides as the values. */
    Node of(RuleList list) {
        return of(list, decided -> decided);
    }

    /** @param values what to make of what decides */
    Node of(RuleList list, Function<Decided, Object> values) {
        Node numbers = matches.all(list.rules(), diagram::leaf, nothing, least);
        return Relabel.values(diagram, value -> values.apply(decided(list, value)))
                .of(numbers);
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
