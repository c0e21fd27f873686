package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.testing.JudgedCall;
import dev.writ.runtime.testing.TestedPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Goes through the calls of a run, one by one. */
final class CoverageCount {
    private final NavigableMap<SourceSpan, RuleTally> rules = new TreeMap<>();
    private final CallCount calls = new CallCount();
    private final Map<TestedPolicy, RuleProbes> policies = new HashMap<>();

    void add(JudgedCall judged) {
        RuleProbes probes = policies.computeIfAbsent(judged.policy(), this::probes);
        if (!judged.judged().agree() || judged.verdict().decision() == Verdict.Decision.UNKNOWN) {
            return;
        }
        calls.add(judged);
        judged.decider().map(rules::get).ifPresent(rule -> rule.decided(judged));
        AskedCall.of(judged)
                .ifPresent(call -> inbound(judged).ifPresent(inbound -> {
                    List<RuleProbe> shadow = probes.shadow(inbound);
                    probes.enforced(inbound).forEach(rule -> rule.ask(call, judged));
                    shadow.forEach(rule -> rule.ask(call, judged));
                    if (judged.verdict().stage() == Verdict.Stage.RBAC) {
                        shadow.stream()
                                .filter(rule -> rule.matches(call))
                                .findFirst()
                                .ifPresent(rule -> rule.decided(judged));
                    }
                }));
    }

    PolicyCoverage coverage() {
        CallExamples examples = new CallExamples(calls.callers());
        return new PolicyCoverage(
                rules.values().stream().map(rule -> rule.covered(examples)).toList(),
                calls.workloads(),
                calls.trustDomains());
    }

    private RuleProbes probes(TestedPolicy policy) {
        RuleProbes probes = new RuleProbes(policy, rules);
        for (WorkloadPolicy workload : policy.rules().workloads()) {
            workload.inbounds().forEach(inbound -> {
                probes.enforced(inbound);
                probes.shadow(inbound);
            });
        }
        calls.add(policy);
        return probes;
    }

    private static Optional<InboundPolicy> inbound(JudgedCall judged) {
        Call call = judged.call();
        return judged.policy().rules().of(call.to()).stream()
                .flatMap(workload -> workload.inbounds().stream())
                .filter(inbound -> inbound.inbound().port() == call.port())
                .findFirst();
    }
}
