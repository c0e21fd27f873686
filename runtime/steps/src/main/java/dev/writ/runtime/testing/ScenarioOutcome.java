package dev.writ.runtime.testing;

import io.cucumber.plugin.event.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a scenario, each way to fail by itself: as reports name it. */
public enum ScenarioOutcome {
    PASSED,
    /** Its tags ask for judges that the run has not. */
    SKIPPED,
    /** The policy decides otherwise than the feature says. */
    EXPECTATION,
    /** The judges decide a call differently: a fault of Writ. */
    JUDGES_DISAGREE,
    /** What a step declares or names is in error. */
    REFUSED,
    /** There is no such step. */
    UNDEFINED,
    /** Several definitions take the step. */
    AMBIGUOUS,
    /** No step of it says how a call is decided. */
    JUDGES_NOTHING,
    /** A judge failed before it, so that it says nothing. */
    NOT_JUDGED,
    /** A step broke: a fault of Writ. */
    FAULT;

    /** How a step that did not pass leaves its scenario. */
    static ScenarioOutcome of(Status status, @Nullable Throwable error) {
        return switch (status) {
            case UNDEFINED -> UNDEFINED;
            case AMBIGUOUS -> AMBIGUOUS;
            case PASSED, SKIPPED, PENDING, FAILED, UNUSED -> error instanceof StepFailure failure ? of(failure) : FAULT;
        };
    }

    private static ScenarioOutcome of(StepFailure failure) {
        return switch (failure) {
            case ExpectationNotMet unmet -> EXPECTATION;
            case JudgeFailed failed -> NOT_JUDGED;
            case JudgesDisagree apart -> JUDGES_DISAGREE;
            case JudgesNothing silent -> JUDGES_NOTHING;
            case StepRefused refused -> REFUSED;
        };
    }

    public boolean isFailure() {
        return this != PASSED && this != SKIPPED;
    }

    /** As in JSON: {@code judges-disagree}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
