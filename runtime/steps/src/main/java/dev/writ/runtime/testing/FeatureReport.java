package dev.writ.runtime.testing;

import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Location;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.Step;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestCaseStarted;
import io.cucumber.plugin.event.TestRunFinished;
import io.cucumber.plugin.event.TestStepFinished;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the run in lines:
 *
 * <pre>
 * features/permissions.feature:14:5: FAIL callers outside the namespace are refused
 *   Then the call is denied
 *     expected deny, got allow (kv.writ:9 `demo-app`)
 *
 * 12 scenarios: 11 passed, 1 failed
 * rules that decided no scenario: kv.writ:4 `legacy`
 * </pre>
 */
final class FeatureReport implements ConcurrentEventListener {
    private final TestRun run;
    private final Map<Path, String> names;
    private final Consumer<String> out;
    private @Nullable TestStepFinished failure;
    private int verdictsBefore;
    private boolean skipped;
    private int passed;
    private int skips;
    private int failed;

    /** @param names of the features, by their paths */
    FeatureReport(TestRun run, Map<Path, String> names, Consumer<String> out) {
        this.run = run;
        this.names = names;
        this.out = out;
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(TestCaseStarted.class, event -> start());
        publisher.registerHandlerFor(TestStepFinished.class, this::finish);
        publisher.registerHandlerFor(TestCaseFinished.class, event -> finish(event.getTestCase()));
        publisher.registerHandlerFor(TestRunFinished.class, event -> close());
    }

    FeatureResults results(List<JudgedCall> judged) {
        return new FeatureResults(
                passed,
                failed,
                skips,
                List.of(),
                run.judgeFailure(),
                run.coverage().silent(),
                run.bench().absent(),
                run.verdicts(),
                judged);
    }

    private void start() {
        failure = null;
        skipped = false;
        verdictsBefore = verdicts();
    }

    private void finish(TestStepFinished step) {
        Status status = step.getResult().getStatus();
        if (failure == null && status != Status.PASSED && status != Status.SKIPPED) {
            failure = step;
        }
        skipped |= step.getResult().getError() instanceof ScenarioSkipped;
    }

    private void finish(TestCase scenario) {
        TestStepFinished wrong = failure;
        if (run.judgeFailure() != null) {
            // The scenarios say nothing any more; why is said once, by whoever asked for the run.
            failed++;
        } else if (wrong != null) {
            failed++;
            tell(scenario, wrong);
        } else if (skipped) {
            skips++;
        } else if (verdicts() == verdictsBefore) {
            failed++;
            tellFailure(scenario, scenario.getLocation());
            out.accept("    the scenario judges nothing: no step of it says how a call is decided");
        } else {
            passed++;
        }
    }

    private void tell(TestCase scenario, TestStepFinished wrong) {
        Throwable error = wrong.getResult().getError();
        if (wrong.getTestStep() instanceof PickleStepTestStep taken) {
            Step step = taken.getStep();
            tellFailure(scenario, step.getLocation());
            out.accept("  " + step.getKeyword() + step.getText());
            if (wrong.getResult().getStatus() == Status.UNDEFINED) {
                out.accept("    " + NearestStep.advice(step.getText()));
                return;
            }
        } else {
            tellFailure(scenario, scenario.getLocation());
        }
        switch (error) {
            case StepFailure failed -> failed.report().forEach(out);
            case null -> out.accept("    " + wrong.getResult().getStatus());
            default -> out.accept("    " + FaultText.of(error));
        }
    }

    private void tellFailure(TestCase scenario, Location location) {
        Path path = FeaturePaths.of(scenario.getUri());
        String name = names.getOrDefault(path, path.toString());
        out.accept(name + ":" + location.getLine() + ":" + location.getColumn() + ": FAIL " + scenario.getName());
    }

    private void close() {
        if (run.judgeFailure() != null || passed + failed + skips == 0) {
            return;
        }
        if (failed > 0) {
            out.accept("");
        }
        int scenarios = passed + failed + skips;
        String counts = passed + " passed" + (failed > 0 ? ", " + failed + " failed" : "")
                + (skips > 0 ? ", " + skips + " skipped (for other judges)" : "");
        out.accept(scenarios + (scenarios == 1 ? " scenario: " : " scenarios: ") + counts);
        List<String> silent = run.coverage().silent();
        if (!silent.isEmpty()) {
            out.accept("rules that decided no scenario: " + String.join(", ", silent));
        }
    }

    private int verdicts() {
        return run.verdicts().values().stream().mapToInt(Integer::intValue).sum();
    }
}
