package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule of a list taken out, and what is put into the list for it: nothing, itself in another place, or rules that are alike.
 *
 * @param removed the position of the rule that is taken out
 * @param slot before which rule of the list as it was the others are put; its length for the end
 * @param instead all of one action
 */
public record RuleListEdit(int removed, int slot, List<Rule> instead) {
    public RuleListEdit {
        instead = List.copyOf(instead);
    }

    /** The list that it makes of another. */
    public RuleList in(RuleList list) {
        List<Rule> rules = new ArrayList<>(list.rules());
        rules.addAll(slot, instead);
        rules.remove(removed < slot ? removed : removed + instead.size());
        return new RuleList(rules, list.byDefault());
    }
}
