package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.testing.JudgedCall;
import dev.writ.runtime.testing.TestedPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts who calls whom. */
final class CallCount {
    private final Map<WorkloadKey, Optional<String>> workloads = new TreeMap<>();
    private final Map<String, Tally> byCaller = new HashMap<>();
    private final Map<WorkloadKey, NavigableMap<Integer, Tally>> byCallee = new HashMap<>();
    private final NavigableMap<String, Tally> trustDomains = new TreeMap<>();

    /** Takes note of a policy's workloads and trust domains. */
    void add(TestedPolicy policy) {
        for (WorkloadPolicy workload : policy.rules().workloads()) {
            WorkloadKey key = workload.workload().key();
            Optional<String> id = workload.workload().identity() instanceof WorkloadIdentity.Issued issued
                    ? Optional.of(issued.id().toString())
                    : Optional.empty();
            if (id.isPresent() || !workloads.containsKey(key)) {
                workloads.put(key, id);
            }
            id.ifPresent(one -> byCaller.putIfAbsent(one, new Tally()));
            NavigableMap<Integer, Tally> ports = byCallee.computeIfAbsent(key, none -> new TreeMap<>());
            workload.inbounds()
                    .forEach(inbound -> ports.putIfAbsent(inbound.inbound().port(), new Tally()));
            workload.trustDomains().forEach(name -> trustDomains.putIfAbsent(name, new Tally()));
        }
    }

    /** Takes note of a call of whose verdict a judge is sure. */
    void add(JudgedCall judged) {
        Call call = judged.call();
        Tally callee = byCallee.getOrDefault(call.to(), new TreeMap<>()).get(call.port());
        if (callee != null) {
            callee.add(judged);
        }
        if (call.caller() instanceof Caller.Certificate certificate) {
            for (String san : certificate.uriSans()) {
                Optional.ofNullable(byCaller.get(san)).ifPresent(tally -> tally.add(judged));
                SpiffeId.of(san).map(id -> trustDomains.get(id.trustDomain())).ifPresent(tally -> tally.add(judged));
            }
        }
    }

    /** The SPIFFE IDs that there are. */
    Set<String> callers() {
        return new TreeSet<>(byCaller.keySet());
    }

    List<CoveredWorkload> workloads() {
        Map<String, Integer> names = new HashMap<>();
        workloads.keySet().forEach(key -> names.merge(key.shortName(), 1, Integer::sum));
        List<CoveredWorkload> covered = new ArrayList<>();
        workloads.forEach((key, id) -> {
            NavigableMap<Integer, Tried> called = new TreeMap<>();
            byCallee.getOrDefault(key, new TreeMap<>()).forEach((port, tally) -> called.put(port, tally.tried()));
            String name = names.getOrDefault(key.shortName(), 0) == 1 ? key.shortName() : key.fullName();
            Tried calling = id.map(byCaller::get).orElseGet(Tally::new).tried();
            covered.add(new CoveredWorkload(key, name, id, calling, called));
        });
        return covered;
    }

    List<CoveredTrustDomain> trustDomains() {
        return trustDomains.entrySet().stream()
                .map(entry ->
                        new CoveredTrustDomain(entry.getKey(), entry.getValue().tried()))
                .toList();
    }
}
