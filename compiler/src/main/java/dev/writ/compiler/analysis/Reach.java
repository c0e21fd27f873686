package dev.writ.compiler.analysis;

import java.util.List;

/** Who reaches an inbound. */
public sealed interface Reach {

    /**
     * @param runs what becomes of the inventory, in its order, without a gap
     * @param plaintext what becomes of a call without TLS
     * @param assumptions under which that is so
     */
    record Known(List<Run> runs, Answer plaintext, List<String> assumptions) implements Reach {
        public Known {
            runs = List.copyOf(runs);
            assumptions = List.copyOf(assumptions);
        }
    }

    record Unknown(String reason) implements Reach {}

    /** Neighbours in the inventory that fare alike: the first of them, and the first after them. */
    record Run(int from, int to, Answer answer) {}
}
