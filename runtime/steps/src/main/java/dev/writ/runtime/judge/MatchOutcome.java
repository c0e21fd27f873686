package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.OnMatch.Effect;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What evaluating a matcher came to. */
sealed interface MatchOutcome {
    MatchOutcome NOTHING = new Nothing();
    MatchOutcome STOPPED = new Stopped();

    /** @param name null where it is not certain which of several rules decides the same */
    record Decided(@Nullable String name, Effect effect) implements MatchOutcome {}

    /** A filter chain by its name. */
    record Taken(String chain) implements MatchOutcome {}

    /** No action was reached: whoever nests this matcher goes on as if it had not matched. */
    record Nothing() implements MatchOutcome {}

    /** An input is not available on this connection: all evaluation ends. */
    record Stopped() implements MatchOutcome {}

    /**
     * It depends on what Writ does not model.
     *
     * @param possible what it may be, nothing unknown among it; empty for anything
     */
    record Unknown(String reason, Set<MatchOutcome> possible) implements MatchOutcome {
        public Unknown {
            possible = Collections.unmodifiableSet(new LinkedHashSet<>(possible));
        }

        Unknown(String reason) {
            this(reason, Set.of());
        }
    }

    /** Whether whoever nests this matcher may have to go on. */
    static boolean mayBeNothing(MatchOutcome outcome) {
        return outcome instanceof Nothing || outcome instanceof Unknown unknown && unknown.possible.contains(NOTHING);
    }

    /** The first, or the next one where that is nothing. */
    static MatchOutcome orElse(MatchOutcome first, MatchOutcome next) {
        if (!(first instanceof Unknown unknown) || !mayBeNothing(first)) {
            return first instanceof Nothing ? next : first;
        }
        Set<MatchOutcome> rest = new LinkedHashSet<>(unknown.possible);
        rest.remove(NOTHING);
        return oneOf(unknown.reason, List.of(new Unknown(unknown.reason, rest), next));
    }

    /** That which is one of these. */
    static MatchOutcome oneOf(String reason, Iterable<MatchOutcome> outcomes) {
        Set<MatchOutcome> possible = new LinkedHashSet<>();
        for (MatchOutcome outcome : outcomes) {
            if (outcome instanceof Unknown unknown) {
                if (unknown.possible.isEmpty()) {
                    return new Unknown(reason);
                }
                possible.addAll(unknown.possible);
            } else {
                possible.add(outcome);
            }
        }
        return possible.size() == 1 ? possible.iterator().next() : new Unknown(reason, possible);
    }

    /** What comes of it at the very top: what may be one thing or another is decided if all of it lets the call pass, or nothing does. */
    static MatchOutcome settled(MatchOutcome outcome) {
        if (!(outcome instanceof Unknown unknown) || unknown.possible.isEmpty()) {
            return outcome;
        }
        long passing = unknown.possible.stream().filter(MatchOutcome::passes).count();
        if (passing != 0 && passing != unknown.possible.size()) {
            return outcome;
        }
        String name = nameOf(unknown.possible.iterator().next());
        boolean one = unknown.possible.stream().allMatch(each -> Objects.equals(nameOf(each), name));
        return new Decided(one ? name : null, passing == 0 ? Effect.DENY : Effect.ALLOW);
    }

    /** Envoy's engine denies wherever no action was reached, and LOG lets pass. */
    static boolean passes(MatchOutcome outcome) {
        return outcome instanceof Decided decided && decided.effect() != Effect.DENY;
    }

    private static @Nullable String nameOf(MatchOutcome outcome) {
        return outcome instanceof Decided decided ? decided.name() : null;
    }
}
