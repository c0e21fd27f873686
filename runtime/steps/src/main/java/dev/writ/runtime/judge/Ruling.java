package dev.writ.runtime.judge;

import dev.writ.runtime.judge.MatchTrace.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Decider} says of a request.
 *
 * @param shadowRule the policy or action that decided the shadow verdict; null where none did
 * @param trace what was asked, in its order; empty if nobody wanted to know
 */
public record Ruling(Verdict verdict, @Nullable String shadowRule, List<Step> trace) {
    public Ruling {
        trace = List.copyOf(trace);
    }
}
