package dev.writ.compiler.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Names one workload.
 *
 * @param kind the controller's kind ({@code Deployment}), {@code Pod}, or {@code Dataplane}
 * @param namespace null outside Kubernetes
 */
public record WorkloadKey(
        String mesh, String zone, String kind, @Nullable String namespace, String name)
        implements Comparable<WorkloadKey> {

    private static final Comparator<WorkloadKey> ORDER = Comparator.comparing(WorkloadKey::shortName)
            .thenComparing(WorkloadKey::mesh)
            .thenComparing(WorkloadKey::zone)
            .thenComparing(WorkloadKey::kind);

    /** {@code namespace/name}, which people use while it is unique; just the name where there is no namespace. */
    public String shortName() {
        return namespace == null ? name : namespace + "/" + name;
    }

    /** All parts, for a message that must tell two workloads of one short name apart. */
    public String fullName() {
        return "mesh " + mesh + " zone " + zone + " " + kind + " " + shortName();
    }

    @Override
    public int compareTo(WorkloadKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return shortName();
    }
}
