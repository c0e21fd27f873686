package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticCounts;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.coverage.PolicyCoverage;
import dev.writ.runtime.mutation.FeatureMutation;
import dev.writ.runtime.testing.FeatureResults;
import dev.writ.runtime.testing.JudgedCall;
import dev.writ.runtime.testing.ScenarioFailure;
import dev.writ.runtime.testing.ScenarioOutcome;
import dev.writ.runtime.testing.ScenarioResult;
import dev.writ.runtime.testing.ScheduledScenario;
import dev.writ.runtime.testing.ToldCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page of a run shows. */
final class ReportJson {
    private final FeatureResults results;
    private final ReportSources sources = new ReportSources();
    private final Map<Place, List<JudgedCall>> calls = new HashMap<>();

    private record Place(String file, int line) {}

    private ReportJson(FeatureResults results) throws IOException {
        this.results = results;
        for (ScenarioResult result : results.results()) {
            String file = result.scenario().file();
            sources.add(new SourceFile(file, Files.readString(Path.of(file))));
        }
        for (JudgedCall call : results.judged()) {
            calls.computeIfAbsent(
                            new Place(call.scenario().file(), call.scenario().line()), place -> new ArrayList<>())
                    .add(call);
        }
    }

    static String of(
            FeatureResults results,
            PolicyCoverage coverage,
            List<ReportedPolicy> policies,
            Optional<ReportBase> base,
            Optional<FeatureMutation> mutation)
            throws IOException {
        ReportJson json = new ReportJson(results);
        List<Map<String, @Nullable Object>> scenarios =
                results.results().stream().map(json::scenario).toList();
        List<Map<String, @Nullable Object>> shown =
                policies.stream().map(policy -> json.policy(policy, base)).toList();
        mutation.ifPresent(mutants -> mutants.results()
                .all()
                .forEach(one -> json.sources.place(one.mutant().rule().origin().span())));
        return Json.text(Json.object(
                "summary", json.summary(coverage),
                "scenarios", scenarios,
                "policies", shown,
                "mutants", mutation.map(MutationJson::of).orElse(null),
                "sources", json.sources.json()));
    }

    private Map<String, @Nullable Object> summary(PolicyCoverage coverage) {
        return Json.object(
                "scenarios", results.scenarios(),
                "passed", results.passed(),
                "failed", results.failed(),
                "skipped", results.skipped(),
                "disagreements", results.disagreements(),
                "verdicts", results.verdicts(),
                "absent",
                        results.absent().stream()
                                .map(judge -> Json.object("judge", judge.judge(), "reason", judge.reason()))
                                .toList(),
                "coverage", coverage.percent().orElse(null));
    }

    private Map<String, @Nullable Object> scenario(ScenarioResult result) {
        ScheduledScenario scenario = result.scenario();
        ScenarioOutcome outcome = result.outcome();
        ScenarioFailure failure = result.failure();
        Place place = new Place(scenario.file(), scenario.line());
        return Json.object(
                "feature", scenario.feature(),
                "rule", scenario.rule().orElse(null),
                "name", scenario.name(),
                "tags", scenario.tags(),
                "location", sources.place(scenario.file(), scenario.line()),
                "outcome", outcome.isFailure() ? "failed" : outcome.toString(),
                "kind", outcome.isFailure() ? outcome.toString() : null,
                "failure",
                        failure == null
                                ? null
                                : Json.object(
                                        "location",
                                        sources.place(scenario.file(), failure.line()),
                                        "step",
                                        failure.step(),
                                        "message",
                                        TestJson.message(failure)),
                "calls",
                        calls.getOrDefault(place, List.of()).stream()
                                .map(this::call)
                                .toList());
    }

    private Map<String, @Nullable Object> call(JudgedCall call) {
        ToldCall told = ToldCall.of(call);
        call.decider().ifPresent(sources::place);
        return Json.object(
                "call", told.call(),
                "expected", told.expected(),
                "met", call.isMet(),
                "location", sources.place(call.place()),
                "decider", call.decider().map(sources::place).orElse(null),
                "verdicts",
                        told.opinions().stream()
                                .map(opinion -> Json.object("judge", opinion.judge(), "says", opinion.words()))
                                .toList());
    }

    private Map<String, @Nullable Object> policy(ReportedPolicy policy, Optional<ReportBase> base) {
        policy.declared().files().forEach(sources::add);
        List<Diagnostic> found = policy.compilation().diagnostics();
        DiagnosticCounts counts = DiagnosticCounts.of(found);
        return Json.object(
                "features", policy.features(),
                "target", policy.target().id(),
                "errors", counts.errors(),
                "warnings", counts.warnings(),
                "diagnostics",
                        found.stream()
                                .map(one -> Json.object(
                                        "id", one.id().id(),
                                        "severity", one.severity().toString(),
                                        "message", one.message(),
                                        "help", one.help(),
                                        "location", sources.place(one.span())))
                                .toList(),
                "difference", base.map(given -> given.difference(policy)).orElse(null));
    }
}
