package dev.writ.compiler.analysis;

import java.util.List;

/** Whom an inbound lets in, workloads or not. */
public sealed interface Patterns {

    /** @param all SPIFFE IDs of which some call is let through, by what decides them */
    record Known(List<IdPattern> all) implements Patterns {
        public Known {
            all = List.copyOf(all);
        }
    }

    record Unknown(String reason) implements Patterns {}
}
