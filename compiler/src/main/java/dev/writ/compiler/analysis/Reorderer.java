package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Reordering.Swap;
import dev.writ.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Compares two orders of the same rules: one diagram has, of every call, the rule that decides in either. */
final class Reorderer {
    private final List<Rule> here;
    private final List<Rule> there;
    private final Diagram diagram;

    /** Of a call: the least positions of rules that match it. */
    private record First(int here, int there) {}

    private Reorderer(List<Rule> here, List<Rule> there, int budget) {
        this.here = here;
        this.there = there;
        this.diagram = new Diagram(budget);
    }

    /** @param there the same rules */
    static Reordering compare(List<Rule> here, List<Rule> there, int port, Callers callers, int budget) {
        try {
            return new Reorderer(here, there, budget).compare(port, callers);
        } catch (Unanswerable open) {
            return new Reordering.Unknown(open.reason());
        }
    }

    private Reordering compare(int port, Callers callers) {
        IdentityHashMap<Rule, Integer> places = new IdentityHashMap<>();
        for (int i = 0; i < there.size(); i++) {
            places.put(there.get(i), i);
        }
        Leaf nothing = diagram.leaf(new First(Integer.MAX_VALUE, Integer.MAX_VALUE));
        Merge first = Merge.by(
                diagram,
                (one, other) -> one == nothing || one == other
                        ? other
                        : other == nothing
                                ? one
                                : one instanceof Leaf a && other instanceof Leaf b
                                        ? diagram.leaf(first((First) a.value(), (First) b.value()))
                                        : null);
        RuleMatches matches = new RuleMatches(diagram, callers, Certificates.ONE_URI_SAN, port);
        Node both =
                matches.all(here, i -> diagram.leaf(new First(i, places.getOrDefault(here.get(i), i))), nothing, first);
        List<Swap> swaps = new ArrayList<>();
        LeafWalk.of(diagram, callers, both, diagram.leaf(true), value -> isSwap((First) value))
                .forEach((value, call) -> {
                    First deciding = (First) value;
                    swaps.add(new Swap(here.get(deciding.here()), there.get(deciding.there()), call));
                });
        return new Reordering.Known(swaps);
    }

    private boolean isSwap(First deciding) {
        return deciding.here() < here.size()
                && here.get(deciding.here()).action()
                        != there.get(deciding.there()).action();
    }

    private static First first(First one, First other) {
        return new First(Math.min(one.here(), other.here()), Math.min(one.there(), other.there()));
    }
}
