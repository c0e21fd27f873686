package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.OnMatch.Effect;

/** What evaluating a matcher came to. */
sealed interface MatchOutcome {

    record Decided(String name, Effect effect) implements MatchOutcome {}

    /** No action was reached: whoever nests this matcher goes on as if it had not matched. */
    record Nothing() implements MatchOutcome {}

    /** An input is not available on this connection: all evaluation ends. */
    record Stopped() implements MatchOutcome {}

    /** It depends on what Writ does not model. */
    record Unknown(String reason) implements MatchOutcome {}
}
