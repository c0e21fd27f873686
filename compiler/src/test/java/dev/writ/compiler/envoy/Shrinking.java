package dev.writ.compiler.envoy;

import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes a policy that fails smaller for as long as it still fails. */
public final class Shrinking {
    private Shrinking() {}

    public static RuleList shrink(RuleList failing, Predicate<RuleList> fails) {
        RuleList smallest = failing;
        Optional<RuleList> smaller = Optional.of(failing);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = smaller(smallest).stream().filter(fails).findFirst();
        }
        return smallest;
    }

    private static List<RuleList> smaller(RuleList list) {
        List<RuleList> smaller = new ArrayList<>();
        for (int i = 0; i < list.rules().size(); i++) {
            List<Rule> without = new ArrayList<>(list.rules());
            without.remove(i);
            smaller.add(new RuleList(without, list.byDefault()));
            for (Rule simpler : simpler(list.rules().get(i))) {
                List<Rule> with = new ArrayList<>(list.rules());
                with.set(i, simpler);
                smaller.add(new RuleList(with, list.byDefault()));
            }
        }
        return smaller;
    }

    private static List<Rule> simpler(Rule rule) {
        List<Rule> simpler = new ArrayList<>();
        for (Condition condition : rule.conditions()) {
            List<Condition> rest = new ArrayList<>(rule.conditions());
            rest.remove(condition);
            simpler.add(new Rule(rule.action(), rule.principal(), rest, rule.origin()));
        }
        for (Principal principal : simpler(rule.principal())) {
            simpler.add(new Rule(rule.action(), principal, rule.conditions(), rule.origin()));
        }
        return simpler;
    }

    private static List<Principal> simpler(Principal principal) {
        return switch (principal) {
            case Principal.Always always -> List.of();
            case Principal.SanEquals san -> List.of();
            case Principal.Exact exact -> List.of();
            case Principal.Prefix prefix -> List.of();
            case Principal.Segments pattern -> List.of();
            case Principal.Not not -> List.of(not.member());
            case Principal.AnyOf any -> any.members();
            case Principal.AllOf all -> all.members();
        };
    }
}
