package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Region.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that a function takes, each with a call that it is taken of. */
final class LeafWalk {
    private final Diagram diagram;
    private final Callers callers;
    private final Set<Branch> seen = new HashSet<>();
    private final List<Step> path = new ArrayList<>();
    private final Map<Object, Optional<Witness>> values = new LinkedHashMap<>();

    private LeafWalk(Diagram diagram, Callers callers) {
        this.diagram = diagram;
        this.callers = callers;
    }

    /**
     * The values, in the order of their least calls. A well-formed half has a call for each; what is taken of none, such as of paths
     * without a slash, is left out there.
     */
    static Map<Object, Optional<Witness>> of(Diagram diagram, Callers callers, Node function) {
        LeafWalk walk = new LeafWalk(diagram, callers);
        walk.visit(function);
        return walk.values;
    }

    private void visit(Node node) {
        switch (node) {
            case Leaf leaf -> {
                if (values.getOrDefault(leaf.value(), Optional.empty()).isEmpty()) {
                    Optional<Witness> call = Example.of(diagram, callers, new Region(path, leaf.value(), leaf.value()));
                    if (call.isPresent() || callers == Callers.OTHER) {
                        values.put(leaf.value(), call);
                    }
                }
            }
            case Branch branch -> {
                if (seen.add(branch)) {
                    for (int i = 0; i < branch.size(); i++) {
                        @Nullable String to = i + 1 == branch.size() ? null : branch.from(i + 1);
                        path.add(new Step(branch.variable(), branch.from(i), to));
                        visit(branch.child(i));
                        path.removeLast();
                    }
                }
            }
        }
    }
}
