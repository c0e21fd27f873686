package dev.writ.compiler.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the calls of one caller to one inbound, whatever they ask for.
 *
 * @param outcomes all that there are; several where server name, method or path count
 * @param request one that is let through, where others are not; null where all calls fare alike
 */
public record Answer(List<Outcome> outcomes, @Nullable Witness request) {
    public Answer {
        outcomes = List.copyOf(outcomes);
    }

    /** How many of the calls. */
    public enum Extent {
        NONE,
        SOME,
        ALL
    }

    /** Those that are let through. */
    public Extent allowed() {
        return extent(outcomes.stream().filter(Outcome::isAllowed).count(), outcomes.size());
    }

    /** Of those that are let through, the ones that the shadow rules report. */
    public Extent shadowed() {
        List<Outcome> allowed = outcomes.stream().filter(Outcome::isAllowed).toList();
        return extent(allowed.stream().filter(Outcome::isShadowed).count(), allowed.size());
    }

    private static Extent extent(long some, long all) {
        return some == 0 ? Extent.NONE : some == all ? Extent.ALL : Extent.SOME;
    }
}
