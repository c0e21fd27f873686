package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The calls that each rule of a list matches, put together; all exact strings, prefixes and patterns go through one tree. */
final class RuleMatches {
    private final Diagram diagram;
    private final Callers callers;
    private final CallerSets sets;
    private final PrincipalDiagram principals;
    private final ConditionDiagram conditions;

    RuleMatches(Diagram diagram, Callers callers, Certificates certificates, int port) {
        this.diagram = diagram;
        this.callers = callers;
        this.sets = new CallerSets(diagram, callers);
        this.principals = new PrincipalDiagram(diagram, callers, certificates);
        this.conditions = new ConditionDiagram(diagram, port);
    }

    /**
     * What the rules say together.
     *
     * @param said what a rule says of the calls it matches, by its position
     * @param nothing what is said where none matches
     * @param together of what two rules say; it must not matter which is the first, nor how often one is said
     */
    Node all(List<Rule> rules, IntFunction<Leaf> said, Leaf nothing, Merge together) {
        CallerTree tree = new CallerTree(diagram, callers, together);
        List<Node> others = new ArrayList<>();
        Merge where = Merge.where(diagram, nothing);
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            add(rule.principal(), where.of(conditions.of(rule.conditions()), said.apply(i)), tree, where, others);
        }
        others.addFirst(tree.node(nothing));
        return together.all(others, nothing);
    }

    /** The calls that a rule matches. */
    Node of(Rule rule) {
        return Merge.both(diagram).of(principals.of(rule.principal()), conditions.of(rule.conditions()));
    }

    private void add(Principal principal, Node said, CallerTree tree, Merge where, List<Node> others) {
        switch (principal) {
            case Principal.Exact exact -> tree.exact(exact.value(), said);
            case Principal.Prefix prefix -> tree.prefix(prefix.value(), said);
            case Principal.AnyOf any -> any.members().forEach(member -> add(member, said, tree, where, others));
            case Principal.Always always -> others.add(said);
            case Principal.Segments segments -> {
                List<Optional<String>> whole = PrincipalDiagram.whole(segments);
                Node below = segments.below() ? where.of(sets.othersNotEmpty(whole.size()), said) : said;
                tree.segments(whole, segments.below(), below);
            }
            case Principal.SanEquals san -> others.add(where.of(principals.of(san), said));
            case Principal.AllOf all -> others.add(where.of(principals.of(all), said));
            case Principal.Not not -> others.add(where.of(principals.of(not), said));
        }
    }
}
