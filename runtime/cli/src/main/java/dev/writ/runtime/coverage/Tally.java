package dev.writ.runtime.coverage;

import dev.writ.runtime.testing.JudgedCall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the calls that tried something: each once, though several rules may tell of it. */
final class Tally {
    private int times;
    private @Nullable JudgedCall first;
    private @Nullable JudgedCall last;

    // A call is counted once, and another one that is its like again.
    @SuppressWarnings("ReferenceEquality")
    void add(JudgedCall call) {
        if (last == call) {
            return;
        }
        last = call;
        times++;
        if (first == null) {
            first = call;
        }
    }

    Tried tried() {
        return new Tried(times, Optional.ofNullable(first).map(JudgedCall::scenario));
    }
}
