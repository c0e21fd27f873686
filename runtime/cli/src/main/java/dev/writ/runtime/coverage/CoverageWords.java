package dev.writ.runtime.coverage;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Coverage in numbers and words. */
public final class CoverageWords {
    private CoverageWords() {}

    /** @param about what it counts: {@code rules} */
    public record Line(String about, String words) {}

    /** {@code 58.3 %}; of whole numbers no tenths. */
    public static String percent(double value) {
        String tenths = String.format(Locale.ROOT, "%.1f", value);
        return (tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths) + " %";
    }

    /** What was tried of each sort of thing. */
    public static List<Line> summary(PolicyCoverage coverage) {
        List<CoveredRule> rules = coverage.rules();
        long decided = rules.stream().filter(rule -> !rule.decided().never()).count();
        List<CoveredWorkload> callers = coverage.workloads().stream()
                .filter(workload -> workload.spiffeId().isPresent())
                .toList();
        List<Tried> inbounds = coverage.workloads().stream()
                .flatMap(workload -> workload.called().values().stream())
                .toList();
        return List.of(
                new Line("rules", decided + " of " + rules.size() + " decided a scenario"),
                new Line("callers", boundaries(rules, Point.Kind::isAboutCallers)),
                new Line("conditions", boundaries(rules, kind -> !kind.isAboutCallers())),
                new Line(
                        "workloads",
                        some(callers.stream().map(CoveredWorkload::calling).toList()) + " calling, " + some(inbounds)
                                + (inbounds.size() == 1 ? " inbound called" : " inbounds called")),
                new Line(
                        "trust domains",
                        some(coverage.trustDomains().stream()
                                        .map(CoveredTrustDomain::calling)
                                        .toList())
                                + " calling"));
    }

    private static String boundaries(List<CoveredRule> rules, Predicate<Point.Kind> kind) {
        List<Tried> points = rules.stream()
                .flatMap(rule -> rule.points().stream())
                .filter(point -> kind.test(point.point().kind()))
                .map(CoveredPoint::tried)
                .toList();
        return points.isEmpty() ? "no boundary" : some(points) + " sides of boundaries tried";
    }

    private static String some(List<Tried> all) {
        return all.stream().filter(tried -> !tried.never()).count() + " of " + all.size();
    }
}
