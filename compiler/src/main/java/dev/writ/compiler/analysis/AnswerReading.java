package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Region.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the part of a diagram that is below the caller: what it makes of the requests. Each node is read once. */
final class AnswerReading {
    private final Diagram diagram;
    private final Map<Node, Answer> known = new HashMap<>();

    AnswerReading(Diagram diagram) {
        this.diagram = diagram;
    }

    /** @param node that asks nothing more of the caller */
    Answer of(Node node) {
        Answer before = known.get(node);
        if (before != null) {
            return before;
        }
        Answer answer = read(node);
        known.put(node, answer);
        return answer;
    }

    private Answer read(Node node) {
        Set<Outcome> outcomes = new LinkedHashSet<>();
        collect(node, new HashSet<>(), outcomes);
        Answer answer = new Answer(List.copyOf(outcomes), null);
        return answer.allowed() == Answer.Extent.SOME ? new Answer(answer.outcomes(), request(node)) : answer;
    }

    private static void collect(Node node, Set<Node> seen, Set<Outcome> outcomes) {
        switch (node) {
            case Leaf leaf -> outcomes.add((Outcome) leaf.value());
            case Branch branch -> {
                for (int i = 0; i < branch.size(); i++) {
                    if (seen.add(branch.child(i))) {
                        collect(branch.child(i), seen, outcomes);
                    }
                }
            }
        }
    }

    private @Nullable Witness request(Node node) {
        List<Step> steps = new ArrayList<>();
        Node below = node;
        while (below instanceof Branch branch) {
            int interval = 0;
            while (!isSomeAllowed(branch.child(interval))) {
                interval++;
            }
            String to = interval + 1 == branch.size() ? null : branch.from(interval + 1);
            steps.add(new Step(branch.variable(), branch.from(interval), to));
            below = branch.child(interval);
        }
        Object value = ((Leaf) below).value();
        return new Example(diagram, Callers.WELL_FORMED, UsualNames.NONE)
                .of(new Region(steps, value, value))
                .orElse(null);
    }

    private boolean isSomeAllowed(Node node) {
        return of(node).allowed() != Answer.Extent.NONE;
    }
}
