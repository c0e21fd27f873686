package dev.writ.runtime.coverage;

import dev.writ.runtime.testing.TestedScenario;
import java.util.Optional;

/**
 * How often something was tried.
 *
 * @param times in how many calls
 * @param first the scenario that did so first; empty if none did
 */
public record Tried(int times, Optional<TestedScenario> first) {
    public boolean never() {
        return times == 0;
    }
}
