package dev.writ.runtime.testing;

import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Location;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.Step;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestStepFinished;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the results of a run from Cucumber's events, which come from as many threads as it has, and gives them on in the order
 * of the schedule: each as soon as all before it are there.
 */
final class FeatureReport implements ConcurrentEventListener {
    private final TestRun run;
    private final List<ScheduledScenario> scheduled;
    private final RunListener listener;
    private final Map<Place, Integer> places = new HashMap<>();
    private final Map<UUID, TestStepFinished> failures = new HashMap<>();
    private final Set<UUID> skipped = new HashSet<>();
    private final @Nullable ScenarioResult[] ended;
    private final List<ScenarioResult> results = new ArrayList<>();
    private int endings;
    private int failed;

    private record Place(URI uri, int line) {}

    FeatureReport(TestRun run, List<ScheduledScenario> scheduled, RunListener listener) {
        this.run = run;
        this.scheduled = scheduled;
        this.listener = listener;
        this.ended = new ScenarioResult[scheduled.size()];
        for (int i = 0; i < scheduled.size(); i++) {
            places.put(new Place(scheduled.get(i).uri(), scheduled.get(i).line()), i);
        }
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(TestStepFinished.class, this::finish);
        publisher.registerHandlerFor(TestCaseFinished.class, this::finish);
    }

    synchronized FeatureResults results(List<JudgedCall> judged) {
        return new FeatureResults(
                results,
                List.of(),
                run.judgeFailure(),
                run.coverage().silent(),
                run.bench().absent(),
                run.verdicts(),
                judged);
    }

    private synchronized void finish(TestStepFinished step) {
        Result result = step.getResult();
        UUID scenario = step.getTestCase().getId();
        if (result.getStatus() != Status.PASSED && result.getStatus() != Status.SKIPPED) {
            failures.putIfAbsent(scenario, step);
        }
        if (result.getError() instanceof ScenarioSkipped) {
            skipped.add(scenario);
        }
    }

    private synchronized void finish(TestCaseFinished event) {
        TestCase scenario = event.getTestCase();
        Integer place =
                places.get(new Place(scenario.getUri(), scenario.getLocation().getLine()));
        if (place == null) {
            throw new IllegalStateException("a scenario was run that was not to be: " + scenario.getName());
        }
        ScenarioResult result =
                result(scheduled.get(place), scenario, event.getResult().getDuration());
        ended[place] = result;
        endings++;
        failed += result.outcome().isFailure() ? 1 : 0;
        listener.progress(endings, failed, scheduled.size());
        while (results.size() < ended.length) {
            ScenarioResult next = ended[results.size()];
            if (next == null) {
                return;
            }
            results.add(next);
            listener.result(next);
        }
    }

    private ScenarioResult result(ScheduledScenario scheduled, TestCase scenario, Duration duration) {
        TestStepFinished wrong = failures.remove(scenario.getId());
        if (run.judgeFailure() != null) {
            // The scenarios say nothing any more; why is said once, by whoever asked for the run.
            return new ScenarioResult(scheduled, ScenarioOutcome.NOT_JUDGED, duration, null);
        }
        if (wrong != null) {
            ScenarioOutcome outcome = ScenarioOutcome.of(
                    wrong.getResult().getStatus(), wrong.getResult().getError());
            return new ScenarioResult(scheduled, outcome, duration, failure(scheduled, wrong));
        }
        if (skipped.remove(scenario.getId())) {
            return new ScenarioResult(scheduled, ScenarioOutcome.SKIPPED, duration, null);
        }
        // Cucumber runs no hook, ours neither, where there is no step.
        return scenario.getTestSteps().isEmpty()
                ? new ScenarioResult(
                        scheduled,
                        ScenarioOutcome.JUDGES_NOTHING,
                        duration,
                        ofScenario(scheduled, new JudgesNothing().report()))
                : new ScenarioResult(scheduled, ScenarioOutcome.PASSED, duration, null);
    }

    private static ScenarioFailure failure(ScheduledScenario scheduled, TestStepFinished wrong) {
        if (wrong.getTestStep() instanceof PickleStepTestStep taken) {
            Step step = taken.getStep();
            Location location = step.getLocation();
            return new ScenarioFailure(
                    location.getLine(),
                    location.getColumn(),
                    step.getKeyword() + step.getText(),
                    report(wrong, step),
                    wrong.getResult().getError() instanceof JudgesDisagree apart ? apart.opinions() : List.of());
        }
        return ofScenario(scheduled, report(wrong.getResult()));
    }

    private static ScenarioFailure ofScenario(ScheduledScenario scheduled, List<String> report) {
        return new ScenarioFailure(scheduled.line(), scheduled.column(), null, report, List.of());
    }

    private static List<String> report(TestStepFinished wrong, Step step) {
        return wrong.getResult().getStatus() == Status.UNDEFINED
                ? List.of("    " + NearestStep.advice(step.getText()))
                : report(wrong.getResult());
    }

    private static List<String> report(Result result) {
        return switch (result.getError()) {
            case StepFailure failure -> failure.report();
            case null -> List.of("    " + result.getStatus());
            default -> List.of("    " + FaultText.of(result.getError()));
        };
    }
}
