package dev.writ.runtime.coverage;

import dev.writ.runtime.testing.JudgedCall;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the scenarios of a run tried of their policies. A rule is covered when it decided a scenario; a prefix {@code p} when {@code p},
 * {@code p/x}, {@code px} and a sibling were tried; a SPIFFE ID {@code s} when {@code s}, {@code s/x}, {@code sx} and its parent were; a
 * condition when both sides of each of its edges were. A call tries something of a rule if it was made to an inbound that has the
 * rule, the rules were asked or TLS refused its trust domain, and it meets all else that the rule asks.
 *
 * @param rules in the order of their places
 * @param workloads those of the policies; they are told, and not counted among the points: nobody wrote them into the policy
 */
public record PolicyCoverage(
        List<CoveredRule> rules, List<CoveredWorkload> workloads, List<CoveredTrustDomain> trustDomains) {
    public PolicyCoverage {
        rules = List.copyOf(rules);
        workloads = List.copyOf(workloads);
        trustDomains = List.copyOf(trustDomains);
    }

    /** Of these calls, whatever was expected of them. */
    public static PolicyCoverage of(Collection<JudgedCall> calls) {
        CoverageCount count = new CoverageCount();
        calls.forEach(count::add);
        return count.coverage();
    }

    public int total() {
        return rules.stream().mapToInt(CoveredRule::total).sum();
    }

    public int covered() {
        return rules.stream().mapToInt(CoveredRule::covered).sum();
    }

    /** Of a hundred; rounded down to a tenth, so that only all is all. Empty where there is no rule to cover. */
    public Optional<Double> percent() {
        return total() == 0 ? Optional.empty() : Optional.of(Math.floor(covered() * 1000.0 / total()) / 10);
    }

    /** Whether so many of a hundred points were tried; of no points all were. */
    public boolean isAtLeast(double percent) {
        return covered() * 100.0 >= percent * total();
    }
}
