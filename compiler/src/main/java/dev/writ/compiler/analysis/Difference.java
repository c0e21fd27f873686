package dev.writ.compiler.analysis;

import java.util.List;

/** What is different between two policies of an inbound. */
public sealed interface Difference {

    /**
     * All of it: where there is no change, the two decide every call alike.
     *
     * @param assumptions under which that is so
     */
    record Known(List<Change> changes, Universe universe, List<String> assumptions) implements Difference {
        public Known {
            changes = List.copyOf(changes);
            assumptions = List.copyOf(assumptions);
        }
    }

    record Unknown(String reason) implements Difference {}
}
