package dev.writ.runtime.testing;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.testing.feature.WrittenSteps;
import java.util.Optional;

/** What a scenario declared before a call of it was judged, as it is written. */
public final class DeclaringSteps {
    private static final StepDefinitions DEFINITIONS = new StepDefinitions();

    private DeclaringSteps() {}

    /** Empty if the feature is not what it was. */
    public static Optional<WrittenSteps> of(JudgedCall judged) {
        SourceSpan place = judged.place();
        return WrittenSteps.of(
                        place.file().text(),
                        judged.scenario().line(),
                        place.startPosition().line())
                .map(all -> new WrittenSteps(
                        all.language(),
                        all.feature(),
                        all.rule(),
                        all.tags(),
                        all.steps().stream()
                                .filter(step -> DEFINITIONS
                                        .match(step.text())
                                        .map(StepDefinitions.Match::declares)
                                        .orElse(false))
                                .toList()));
    }
}
