package dev.writ.runtime.testing;

import java.util.List;

/** Why a step failed, in words for the author of the feature. Its trace would lead into Writ, so it has none. */
public abstract sealed class StepFailure extends AssertionError
        permits ExpectationNotMet, JudgeFailed, JudgesDisagree, JudgesNothing, StepRefused {
    private static final long serialVersionUID = 1;

    StepFailure(String message) {
        super(message);
    }

    /** What to print below the step: lines that name a place begin with it, the others are indented. */
    public abstract List<String> report();

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
