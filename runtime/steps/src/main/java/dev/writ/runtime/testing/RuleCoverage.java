package dev.writ.runtime.testing;

import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.source.SourceSpan;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which rules of the policies that were judged decided a call, and which never did. */
final class RuleCoverage {
    private final NavigableMap<SourceSpan, String> rules = new TreeMap<>();
    private final Collection<SourceSpan> deciding = new TreeSet<>();

    /** Takes note of a policy's rules. */
    synchronized void add(MeshPolicy policy, RuleNames names) {
        for (WorkloadPolicy workload : policy.workloads()) {
            for (InboundPolicy inbound : workload.inbounds()) {
                inbound.enforced().rules().forEach(rule -> add(rule, names));
                inbound.shadow().ifPresent(shadow -> shadow.rules().forEach(rule -> add(rule, names)));
            }
        }
    }

    synchronized void decided(SourceSpan rule) {
        deciding.add(rule);
    }

    /** The rules that decided nothing, in the order of their places: {@code kv.writ:4 `legacy`}. */
    synchronized List<String> silent() {
        Map<SourceSpan, String> silent = new LinkedHashMap<>(rules);
        silent.keySet().removeIf(deciding::contains);
        return silent.entrySet().stream()
                .map(rule -> VerdictText.rule(rule.getValue(), rule.getKey()))
                .distinct()
                .toList();
    }

    private void add(Rule rule, RuleNames names) {
        rules.put(rule.origin().span(), names.shown(rule.origin().label()));
    }
}
