package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import org.jspecify.annotations.Nullable;

/**
 * A list of rules as a function from calls to the number of the one that decides. Each rule is its number wherever it matches, and the
 * least number decides: so the order of merging is free, and all exact strings and prefixes go through one tree.
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

    /** Of each call the number of the rule that decides; nothing where none does. */
    Node numbers(RuleList list) {
        return matches.all(list.rules(), diagram::leaf, nothing, least);
    }

    /** What the value of a leaf of a list's numbers means. */
    Decided decided(RuleList list, Object value) {
        return decided(list, value instanceof Integer number ? number : null, naming);
    }

    /** @param number of the rule that decides; null if none does */
    static Decided decided(RuleList list, @Nullable Integer number, Naming naming) {
        if (number == null) {
            return new Decided(decision(list.byDefault()), RuleList.DEFAULT_NAME, null);
        }
        Rule rule = list.rules().get(number);
        return naming.decided(rule, decision(rule.action()));
    }

    private static Decision decision(Action action) {
        return switch (action) {
            case ALLOW -> Decision.ALLOW;
            case DENY -> Decision.DENY;
        };
    }
}
