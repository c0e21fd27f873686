package dev.writ.runtime.cli;

import dev.writ.runtime.coverage.CoveredPoint;
import dev.writ.runtime.coverage.CoveredRule;
import dev.writ.runtime.coverage.CoveredTrustDomain;
import dev.writ.runtime.coverage.CoveredWorkload;
import dev.writ.runtime.coverage.PolicyCoverage;
import dev.writ.runtime.coverage.Tried;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Coverage for scripts. */
final class CoverageJson {
    private CoverageJson() {}

    static Map<String, @Nullable Object> of(PolicyCoverage coverage) {
        return Json.object(
                "percent", coverage.percent().orElse(null),
                "covered", coverage.covered(),
                "total", coverage.total(),
                "rules", coverage.rules().stream().map(CoverageJson::of).toList(),
                "workloads", coverage.workloads().stream().map(CoverageJson::of).toList(),
                "trustDomains",
                        coverage.trustDomains().stream().map(CoverageJson::of).toList());
    }

    private static Map<String, @Nullable Object> of(CoveredRule rule) {
        return Json.object(
                "location", DiagnosticJson.location(rule.place()),
                "permission", rule.permission(),
                "effect", rule.effect().toString(),
                "covered", rule.covered(),
                "total", rule.total(),
                "decided", of(rule.decided()),
                "points", rule.points().stream().map(CoverageJson::of).toList());
    }

    private static Map<String, @Nullable Object> of(CoveredPoint point) {
        return Json.object(
                "kind", word(point.point().kind()),
                "subject", point.point().subject(),
                "edge", word(point.point().edge()),
                "words", point.point().words(),
                "example", point.example().isEmpty() ? null : point.example(),
                "tried", of(point.tried()));
    }

    private static Map<String, @Nullable Object> of(CoveredWorkload workload) {
        return Json.object(
                "workload", workload.key().toString(),
                "mesh", workload.key().mesh(),
                "zone", workload.key().zone(),
                "spiffeId", workload.spiffeId().orElse(null),
                "calling", of(workload.calling()),
                "called",
                        workload.called().entrySet().stream()
                                .map(inbound -> Json.object("port", inbound.getKey(), "tried", of(inbound.getValue())))
                                .toList());
    }

    private static Map<String, @Nullable Object> of(CoveredTrustDomain domain) {
        return Json.object("trustDomain", domain.name(), "calling", of(domain.calling()));
    }

    private static Map<String, @Nullable Object> of(Tried tried) {
        return Json.object(
                "times",
                tried.times(),
                "first",
                tried.first()
                        .map(first -> Json.object("name", first.name(), "file", first.file(), "line", first.line()))
                        .orElse(null));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
