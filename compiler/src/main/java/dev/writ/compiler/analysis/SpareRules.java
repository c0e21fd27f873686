package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Rules that can be left out together, and any part of them, without a call decided otherwise.
 *
 * <p>Of each call the first rules that match it are known. Those of them that act as the first one does, up to one that does not, are
 * its run: as long as one rule of it stays, so does the decision. Where the run goes on to the default, and that acts alike, none
 * needs to stay. Rules are left out from the last, so that of equal ones the first stays.
 */
final class SpareRules {
    private final RuleList list;
    private final BitSet spare = new BitSet();
    private final BitSet inRun = new BitSet();
    private final List<List<Run>> runs = new ArrayList<>();

    /** Rules of which one must stay. */
    private static final class Run {
        private int left;
    }

    private SpareRules(RuleList list) {
        this.list = list;
        list.rules().forEach(rule -> runs.add(new ArrayList<>()));
    }

    /**
     * The positions of spare rules.
     *
     * @param matches for all calls, the first rules that match one
     * @param most so many are known of a call at most: others may follow
     */
    static BitSet of(RuleList list, Collection<List<Integer>> matches, int most) {
        SpareRules rules = new SpareRules(list);
        matches.forEach(match -> rules.add(match, most));
        rules.leaveOut();
        return rules.spare;
    }

    private void add(List<Integer> match, int most) {
        if (match.isEmpty()) {
            return;
        }
        Action action = action(match.getFirst());
        List<Integer> members =
                match.stream().takeWhile(number -> action(number) == action).toList();
        members.forEach(inRun::set);
        boolean meetsDefault = members.size() == match.size() && match.size() < most;
        if (meetsDefault && list.byDefault() == action) {
            return;
        }
        Run run = new Run();
        run.left = members.size();
        members.forEach(number -> runs.get(number).add(run));
    }

    private Action action(int number) {
        return list.rules().get(number).action();
    }

    private void leaveOut() {
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (inRun.get(i) && runs.get(i).stream().allMatch(run -> run.left > 1)) {
                spare.set(i);
                runs.get(i).forEach(run -> run.left--);
            }
        }
    }
}
