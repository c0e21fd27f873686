package dev.writ.compiler.ir;

import dev.writ.compiler.model.WorkloadKey;
import java.util.List;
import java.util.Optional;

/** The IR of everything that was compiled: workloads by key. */
public record MeshPolicy(List<WorkloadPolicy> workloads) {
    public MeshPolicy {
        workloads = List.copyOf(workloads);
    }

    public Optional<WorkloadPolicy> of(WorkloadKey key) {
        return workloads.stream()
                .filter(policy -> policy.workload().key().equals(key))
                .findFirst();
    }
}
