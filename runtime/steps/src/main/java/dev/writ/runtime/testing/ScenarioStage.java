package dev.writ.runtime.testing;

import dev.writ.runtime.testing.feature.StepText;
import java.util.List;

/** Where steps are taken: in a scenario that is run, or in a background that is only read for what it declares. */
interface ScenarioStage {

    /** @param taken how many steps were begun, this one included */
    StepText step(int taken);

    Declarations open();

    /** What is declared, compiled for each target, with the judges. */
    List<PolicyUnderTest> judged(Declarations declarations);
}
