package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Reach.Run;
import java.util.ArrayList;
import java.util.List;

/** Goes through a diagram and an inventory side by side: where the diagram asks no more of the caller, a range of IDs fares alike. */
final class ReachWalk {
    private final AnswerReading answers;
    private final List<Run> runs = new ArrayList<>();
    private int reached;

    private ReachWalk(AnswerReading answers) {
        this.answers = answers;
    }

    /** @param node of calls with a certificate */
    static List<Run> of(Node node, Inventory inventory, AnswerReading answers) {
        ReachWalk walk = new ReachWalk(answers);
        walk.visit(node, inventory.tree(), true);
        return walk.runs;
    }

    private void visit(Node node, IdTree place, boolean withItsEnd) {
        if (!(node instanceof Branch branch) || !Variables.isAboutCaller(branch.variable())) {
            reach(place.to(), node);
        } else if (branch.variable() == Variables.more(place.depth() - 1)) {
            if (place.ends() && withItsEnd) {
                visit(branch.at(Choice.NO), end(place), false);
            }
            if (place.names().size() > 0) {
                visit(branch.at(Choice.YES), place, false);
            }
        } else if (branch.variable() != Variables.segment(place.depth())) {
            for (IdTree below : place.below()) {
                visit(node, below, true);
            }
        } else if (branch.size() > place.names().size()) {
            for (int i = 0; i < place.names().size(); i++) {
                visit(branch.at(place.names().get(i)), place.below().get(i), true);
            }
        } else {
            byIntervals(branch, place);
        }
    }

    private static IdTree end(IdTree place) {
        return new IdTree(place.depth(), place.from(), place.from() + 1, true, List.of(), List.of());
    }

    private void byIntervals(Branch branch, IdTree place) {
        int next = 0;
        for (int i = 0; i < branch.size(); i++) {
            int end = i + 1 == branch.size() ? place.names().size() : place.firstFrom(branch.from(i + 1));
            Node child = branch.child(i);
            if (end > next && !Variables.isAboutCaller(child.variable())) {
                reach(place.below().get(end - 1).to(), child);
                next = end;
            }
            for (; next < end; next++) {
                visit(child, place.below().get(next), true);
            }
        }
    }

    private void reach(int to, Node node) {
        if (to == reached) {
            return;
        }
        Answer answer = answers.of(node);
        if (!runs.isEmpty() && runs.getLast().answer().equals(answer)) {
            runs.set(runs.size() - 1, new Run(runs.getLast().from(), to, answer));
        } else {
            runs.add(new Run(reached, to, answer));
        }
        reached = to;
    }
}
