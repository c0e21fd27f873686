package dev.writ.compiler.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that two functions take one way each.
 *
 * @param steps the answers that lead there; what is not asked may be anything
 */
record Region(List<Step> steps, Object before, Object after) {
    Region {
        steps = List.copyOf(steps);
    }

    /**
     * An answer.
     *
     * @param from the least one
     * @param to the least one beyond; null if there is none
     */
    record Step(int variable, String from, @Nullable String to) {
        boolean contains(String answer) {
            return answer.compareTo(from) >= 0 && (to == null || answer.compareTo(to) < 0);
        }

        boolean isSingle() {
            return (from + '\0').equals(to);
        }
    }
}
