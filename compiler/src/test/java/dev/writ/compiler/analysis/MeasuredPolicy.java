package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Rule;
import java.util.List;
import java.util.Optional;

/** What can be done with a large policy, a step at a time, to be measured by benchmarks and by the test of how it grows. */
public final class MeasuredPolicy {
    private static final int EDITS = 5;
    private static final int CALLS = 10_000;
    private static final KnownCallers NOBODY = new KnownCallers(List.of(), IssuableIds.of(List.of()));

    private final InboundPolicy policy;
    private final InboundPolicy shuffled;
    private final InboundPolicy edited;
    private final List<Witness> calls;
    private final Diagram standing = new Diagram(Diagram.BUDGET);
    private final Node before;
    private final Node after;
    private int asked;

    public MeasuredPolicy(int size) {
        this.policy = LargePolicy.of(size);
        this.shuffled = LargePolicy.shuffled(policy);
        this.edited = LargePolicy.edited(policy, EDITS);
        this.calls = LargePolicy.calls(size, CALLS);
        this.before = diagram(standing, policy);
        this.after = diagram(standing, edited);
    }

    private static Node diagram(Diagram diagram, InboundPolicy policy) {
        return SideDiagram.of(new Side.Written(policy), diagram, Callers.WELL_FORMED);
    }

    /** Makes the diagram of all rules: so many nodes. */
    public int build() {
        Diagram diagram = new Diagram(Diagram.BUDGET);
        diagram(diagram, policy);
        return diagram.size();
    }

    /** From the rules: both diagrams are made. */
    public boolean equalsShuffled() {
        return changes(shuffled).isEmpty();
    }

    /** From the rules: both diagrams are made, and a witness for each change. */
    public int differences() {
        return changes(edited).size();
    }

    private List<Change> changes(InboundPolicy other) {
        Difference difference = PolicyAnalysis.compare(
                new Side.Written(policy), new Side.Written(other), false, Universe.VALID_IDS, NOBODY);
        return switch (difference) {
            case Difference.Known known -> known.changes();
            case Difference.Unknown unknown -> throw new IllegalStateException(unknown.reason());
        };
    }

    /** Of the diagrams that are there, before and after the edits: so many regions differ. */
    public int regions() {
        int[] regions = {0};
        DifferenceWalk.walk(before, after, standing.leaf(true), (one, other) -> false, region -> {
            regions[0]++;
            return true;
        });
        return regions[0];
    }

    /** One call by the diagram, another each time. */
    public Object decision() {
        return new Lookup(standing, next()).in(before);
    }

    /** One call by a plain loop over the rules, another each time. */
    public Optional<Rule> decisionByLoop() {
        return LargePolicy.firstOf(policy, next());
    }

    /** Whether the two decide alike, of one call. */
    public boolean agrees() {
        Witness call = next();
        return new Lookup(standing, call).in(before) instanceof Outcome outcome
                && outcome.enforced().rule() != null
                && outcome.enforced()
                        .rule()
                        .equals(LargePolicy.firstOf(policy, call)
                                .map(rule -> rule.origin().name())
                                .orElse("default"));
    }

    private Witness next() {
        return calls.get(asked++ % CALLS);
    }
}
