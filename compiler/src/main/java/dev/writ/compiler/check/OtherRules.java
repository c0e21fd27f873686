package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules that a finding about another rule names: {@code a deny of `a`}, {@code allows of `a`, `b` and 3 more}. */
record OtherRules(List<Rule> rules) {
    private static final int MOST = 3;

    boolean isOne() {
        return rules.size() == 1;
    }

    /** With their permissions. */
    String words() {
        String action = rules.getFirst().action() == Action.ALLOW ? "allow" : "deny";
        Set<String> permissions = new LinkedHashSet<>();
        rules.forEach(rule -> permissions.add("`" + rule.origin().label() + "`"));
        String names = permissions.stream().limit(MOST).collect(Collectors.joining(", "));
        int more = permissions.size() - MOST;
        String article = action.equals("allow") ? "an " : "a ";
        String plural = action.equals("allow") ? "allows" : "denies";
        return (isOne() ? article + action : plural) + " of " + names + (more > 0 ? " and " + more + " more" : "");
    }

    /** The finding with their places. */
    Diagnostic relate(Diagnostic finding) {
        Diagnostic related = finding;
        for (Rule rule : rules.subList(0, Math.min(MOST, rules.size()))) {
            String action = rule.action() == Action.ALLOW ? "allow" : "deny";
            related = related.withRelated(rule.origin().span(), (isOne() ? "the " : "one ") + action);
        }
        return related;
    }
}
