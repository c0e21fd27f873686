package dev.writ.runtime.mutation;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Verdict;
import java.util.Optional;

/**
 * A call that a test has judged, and what it expects. On the policy as it is, the expectation is met.
 *
 * @param place of the test: {@code a.feature:12}
 */
public record Trial(Subject subject, Call call, Expected expected, String place) {

    /** What a test says of a verdict. */
    @FunctionalInterface
    public interface Expected {
        /** @param decider where the rule stands that decided, if one did */
        boolean isMetBy(Verdict verdict, Optional<SourceSpan> decider);
    }
}
