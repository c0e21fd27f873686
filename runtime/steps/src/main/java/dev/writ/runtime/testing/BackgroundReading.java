package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.runtime.testing.feature.BackgroundStep;
import dev.writ.runtime.testing.feature.FeatureFile;
import dev.writ.runtime.testing.feature.StepText;
import java.util.List;
import java.util.Optional;

/** Takes the declaring steps of a feature's background, by the definitions that its scenarios take them by. */
final class BackgroundReading implements ScenarioStage {
    private final FeatureFile feature;
    private final Declarations declarations;

    private BackgroundReading(FeatureFile feature, Declarations declarations) {
        this.feature = feature;
        this.declarations = declarations;
    }

    /** What is declared; what is in error, or no step of ours, is reported. */
    static Declarations read(FeatureFile feature, SourceCache cache, boolean targetIsChosen, DiagnosticSink sink) {
        ScenarioTags tags = ScenarioTags.of(feature.ownTags(), sink);
        if (tags.targets().size() > 1 && !targetIsChosen) {
            sink.add(
                    DiagnosticId.SCHEMA_DUPLICATE,
                    tags.targets().get(1).span(),
                    "this feature has several targets, where a command takes one",
                    "choose it with `--target " + tags.targets().getFirst().value() + "`");
        }
        Declarations declarations = new Declarations(cache, feature.source(), tags);
        CurrentScenario scenario = CurrentScenario.start(new BackgroundReading(feature, declarations));
        try {
            StepDefinitions definitions = new StepDefinitions();
            for (BackgroundStep step : feature.background()) {
                scenario.nextStep();
                take(step, definitions, sink);
            }
        } finally {
            CurrentScenario.end();
        }
        return declarations;
    }

    @Override
    public StepText step(int taken) {
        return feature.background().get(taken - 1).place();
    }

    @Override
    public Declarations open() {
        return declarations;
    }

    @Override
    public List<PolicyUnderTest> judged(Declarations declared) {
        throw new IllegalStateException("a background that is read is not judged");
    }

    private static void take(BackgroundStep step, StepDefinitions definitions, DiagnosticSink sink) {
        Optional<StepDefinitions.Match> match = definitions.match(step.text());
        if (match.isEmpty()) {
            sink.add(
                    DiagnosticId.STEP_UNKNOWN,
                    step.place().span(),
                    "there is no such step",
                    NearestStep.help(step.text())
                            .orElse("commands know Writ's steps alone (docs/steps.md): steps of your own belong in"
                                    + " scenarios, or in the `Background` of a `Rule`"));
            return;
        }
        Optional<String> needed = match.get().needed(step);
        if (needed.isPresent()) {
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    step.place().span(),
                    "this step takes " + needed.get() + " below it");
        } else if (match.get().declares()) {
            try {
                match.get().take(step);
            } catch (StepRefused e) {
                e.diagnostics().forEach(sink::add);
            }
        }
    }
}
