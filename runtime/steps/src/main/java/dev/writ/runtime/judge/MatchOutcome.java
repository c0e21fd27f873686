package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.OnMatch.Effect;
import org.jspecify.annotations.Nullable;

/** What evaluating a matcher came to. */
sealed interface MatchOutcome {

    /** @param name null where it is not certain which of several rules decides the same */
    record Decided(@Nullable String name, Effect effect) implements MatchOutcome {}

    /** No action was reached: whoever nests this matcher goes on as if it had not matched. */
    record Nothing() implements MatchOutcome {}

    /** An input is not available on this connection: all evaluation ends. */
    record Stopped() implements MatchOutcome {}

    /** It depends on what Writ does not model. */
    record Unknown(String reason) implements MatchOutcome {}
}
