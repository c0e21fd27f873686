package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Rule;
import java.util.List;
import java.util.Optional;

/** What the same rules decide otherwise in another order. */
public sealed interface Reordering {

    /** Each pair of rules of which one decides in the one order, the other in the other, to opposite effect. */
    record Known(List<Swap> swaps) implements Reordering {
        public Known {
            swaps = List.copyOf(swaps);
        }
    }

    /** Nothing is said. */
    record Unknown(String reason) implements Reordering {}

    /** @param witness a call of which {@code here} decides in the first order, {@code there} in the second */
    record Swap(Rule here, Rule there, Optional<Witness> witness) {}
}
