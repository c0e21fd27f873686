package dev.writ.runtime.testing;

import org.opentest4j.TestAbortedException;

/** A scenario that this run does not judge: its tags ask for judges that the run has not. */
final class ScenarioSkipped extends TestAbortedException {
    private static final long serialVersionUID = 1;

    private ScenarioSkipped(String reason) {
        super(reason);
    }

    static ScenarioSkipped because(String reason) {
        return new ScenarioSkipped(reason);
    }
}
