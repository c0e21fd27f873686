package dev.writ.runtime.testing;

import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.source.SourceSpan;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;

/** Which rules of the policies that were judged decided a call, and which never did. */
final class RuleCoverage {
    private final Set<TestedPolicy> known = Collections.newSetFromMap(new WeakHashMap<>());
    private final NavigableMap<SourceSpan, String> rules = new TreeMap<>();
    private final Collection<SourceSpan> deciding = new TreeSet<>();

    /** Takes note of a policy's rules. */
    synchronized void add(TestedPolicy policy) {
        if (!known.add(policy)) {
            return;
        }
        for (WorkloadPolicy workload : policy.rules().workloads()) {
            for (InboundPolicy inbound : workload.inbounds()) {
                inbound.enforced().rules().forEach(rule -> add(rule, policy));
                inbound.shadow().ifPresent(shadow -> shadow.rules().forEach(rule -> add(rule, policy)));
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

    private void add(Rule rule, TestedPolicy policy) {
        rules.put(rule.origin().span(), policy.shownName(rule));
    }
}
