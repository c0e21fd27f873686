package dev.writ.compiler.check;

import dev.writ.compiler.analysis.Standing;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A rule without which every call is decided the same, because others of its action match whatever it decides. All rules that are
 * reported can go together. One that also reports (a shadow deny) is left alone.
 */
final class RedundantRule implements Check {
    private final RuleStandings standings;

    RedundantRule(RuleStandings standings) {
        this.standings = standings;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (RuleStandings.Source source : standings.sources()) {
            Set<Rule> others = others(source);
            if (!others.isEmpty()) {
                sink.add(finding(source.rule(), new OtherRules(List.copyOf(others))));
            }
        }
    }

    /** The rules that decide in its place; none if it is needed somewhere. */
    private Set<Rule> others(RuleStandings.Source source) {
        Set<Rule> others = new LinkedHashSet<>();
        if (source.rule().action() == Permission.Action.SHADOW_DENY) {
            return others;
        }
        for (RuleStandings.Found found : standings.of(source)) {
            List<Rule> instead = switch (found.standing()) {
                case Standing.Hidden hidden -> alike(hidden.by(), source.rule());
                case Standing.Spare spare -> alike(spare.instead(), source.rule());
                case Standing.Decides decides -> List.of();
                case Standing.Matchless matchless -> List.of();
            };
            boolean isNeeded = instead.isEmpty() && !(found.standing() instanceof Standing.Spare);
            if (isNeeded || instead.stream().anyMatch(this::isOnTrial)) {
                return Set.of();
            }
            others.addAll(instead);
        }
        return others;
    }

    private static List<Rule> alike(List<Rule> others, Permission.Rule rule) {
        boolean isDeny = rule.action() == Permission.Action.DENY;
        return others.stream()
                .filter(other -> (other.action() == Action.DENY) == isDeny)
                .toList();
    }

    /** A shadow deny lets in for as long as it takes to see whom a deny would hit. */
    private boolean isOnTrial(Rule rule) {
        return standings.source(rule).rule().action() == Permission.Action.SHADOW_DENY;
    }

    private static Diagnostic finding(Permission.Rule rule, OtherRules others) {
        boolean isDeny = rule.action() == Permission.Action.DENY;
        return others.relate(Diagnostic.of(
                DiagnosticId.PERMISSION_REDUNDANT_RULE,
                rule.pattern(),
                "this " + (isDeny ? "deny" : "allow") + " can go: " + others.words()
                        + (isDeny
                                ? (others.isOne() ? " keeps" : " keep") + " out all the callers that need it"
                                : (others.isOne() ? " lets" : " let") + " in all the callers that no deny keeps out")));
    }
}
