package dev.writ.runtime.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one scenario.
 *
 * @param failure null where it did not fail, or where the whole run was given up
 */
public record ScenarioResult(
        ScheduledScenario scenario,
        ScenarioOutcome outcome,
        Duration duration,
        @Nullable ScenarioFailure failure) {}
