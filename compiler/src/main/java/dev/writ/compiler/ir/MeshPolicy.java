package dev.writ.compiler.ir;

import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.WorkloadKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The IR of everything that was compiled, for one target: workloads by key. */
public final class MeshPolicy {
    private final Target target;
    private final Map<WorkloadKey, WorkloadPolicy> byKey = new LinkedHashMap<>();

    public MeshPolicy(Target target, List<WorkloadPolicy> workloads) {
        this.target = target;
        workloads.forEach(policy -> byKey.put(policy.workload().key(), policy));
    }

    /** One for the target {@code envoy}. */
    public MeshPolicy(List<WorkloadPolicy> workloads) {
        this(Target.ENVOY, workloads);
    }

    public Target target() {
        return target;
    }

    public List<WorkloadPolicy> workloads() {
        return List.copyOf(byKey.values());
    }

    public Optional<WorkloadPolicy> of(WorkloadKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeshPolicy policy && target == policy.target && byKey.equals(policy.byKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(target, byKey);
    }

    @Override
    public String toString() {
        return "MeshPolicy[" + target + ", " + byKey.values() + "]";
    }
}
