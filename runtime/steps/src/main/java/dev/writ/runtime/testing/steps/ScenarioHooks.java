package dev.writ.runtime.testing.steps;

import dev.writ.runtime.testing.CurrentScenario;
import dev.writ.runtime.testing.TestRun;
import io.cucumber.java.After;
import io.cucumber.java.AfterAll;
import io.cucumber.java.Before;
import io.cucumber.java.BeforeStep;
import io.cucumber.java.Scenario;
import io.cucumber.java.Status;

/** Keeps the steps' state to one scenario. */
public final class ScenarioHooks {

    @Before
    public void start(Scenario scenario) {
        CurrentScenario.start(scenario.getName(), scenario.getUri(), scenario.getLine());
    }

    @BeforeStep
    public void nextStep() {
        CurrentScenario.get().nextStep();
    }

    @After
    public void end(Scenario scenario) {
        CurrentScenario.end(scenario.getStatus() == Status.PASSED);
    }

    @AfterAll
    public static void endRun() {
        TestRun.endOfJvm();
    }
}
