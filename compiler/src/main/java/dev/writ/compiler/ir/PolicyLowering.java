package dev.writ.compiler.ir;

import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.PermissionSelection;
import dev.writ.compiler.model.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lowers a model to what decides the calls: for each inbound of each workload who is admitted, and the rules in the order in which
 * the model's target asks them. What differs between the targets is here and nowhere after.
 */
public final class PolicyLowering {
    private PolicyLowering() {}

    /** The policy of all workloads of a model. */
    public static MeshPolicy lower(MeshModel model) {
        List<WorkloadPolicy> policies = new ArrayList<>();
        for (Mesh mesh : model.meshes()) {
            MeshLowering lowering =
                    model.target().isKuma() ? new KumaLowering(mesh, model.target()) : new EnvoyLowering(mesh);
            PermissionSelection selection = new PermissionSelection(mesh);
            mesh.workloads().forEach(workload -> policies.add(lower(workload, selection, lowering)));
        }
        policies.sort(Comparator.comparing(policy -> policy.workload().key()));
        return new MeshPolicy(model.target(), policies);
    }

    private static WorkloadPolicy lower(Workload workload, PermissionSelection selection, MeshLowering lowering) {
        List<InboundPolicy> inbounds = new ArrayList<>();
        for (Inbound inbound : workload.inbounds()) {
            inbounds.add(lowering.lower(workload, inbound, selection.select(workload, inbound)));
        }
        return new WorkloadPolicy(workload, inbounds);
    }
}
