package dev.writ.runtime.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and why a scenario failed.
 *
 * @param line of the step, or of the scenario where no step of it is to blame
 * @param step with its keyword; null where no step is to blame
 * @param report lines to print below: those that name a place begin with it, the others are indented
 * @param opinions of each judge, where they disagree
 */
public record ScenarioFailure(
        int line, int column, @Nullable String step, List<String> report, List<JudgesDisagree.Opined> opinions) {
    public ScenarioFailure {
        report = List.copyOf(report);
        opinions = List.copyOf(opinions);
    }
}
