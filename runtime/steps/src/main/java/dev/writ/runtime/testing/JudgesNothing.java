package dev.writ.runtime.testing;

import java.util.List;

/** A scenario that ends without a verdict: it proves nothing, and would look as if it did. */
public final class JudgesNothing extends StepFailure {
    private static final long serialVersionUID = 1;
    private static final String LINE = "the scenario judges nothing: no step of it says how a call is decided";

    JudgesNothing() {
        super(LINE);
    }

    @Override
    public List<String> report() {
        return List.of("    " + LINE);
    }
}
