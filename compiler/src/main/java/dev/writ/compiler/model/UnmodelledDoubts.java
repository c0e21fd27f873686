package dev.writ.compiler.model;

import dev.writ.compiler.model.Workload.Doubt;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.UnmodelledResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The resources that Writ does not model, and the workloads whose verdicts they may change: those of their mesh (of every mesh,
 * where they name none), and outside a system namespace those of their own namespace alone.
 */
final class UnmodelledDoubts {
    /** These are about what leaves the mesh, or about gateways, which are in doubt by themselves; never a sidecar's inbound. */
    private static final Set<String> ELSEWHERE = Set.of(
            "ExternalService",
            "MeshExternalService",
            "MeshGateway",
            "MeshGatewayConfig",
            "MeshGatewayInstance",
            "MeshGatewayRoute",
            "ZoneEgress");

    private static final Set<String> EXTERNAL = Set.of("ExternalService", "MeshExternalService");

    private final List<UnmodelledResource> resources;
    private final ModelOptions options;

    UnmodelledDoubts(Sources sources, ModelOptions options) {
        this.resources = sources.unmodelled.stream()
                .filter(resource -> !ELSEWHERE.contains(resource.kind()))
                .sorted(Comparator.comparing(UnmodelledResource::span))
                .toList();
        this.options = options;
    }

    /** By where they stand. */
    static List<ExternalService> externalServices(List<Resource> resources) {
        return resources.stream()
                .filter(UnmodelledResource.class::isInstance)
                .map(UnmodelledResource.class::cast)
                .filter(resource -> EXTERNAL.contains(resource.kind()))
                .map(resource -> new ExternalService(
                        resource.kind(), resource.metadata().name().value(), resource.span()))
                .sorted(Comparator.comparing(ExternalService::span))
                .toList();
    }

    List<Doubt> of(WorkloadKey workload) {
        List<Doubt> doubts = new ArrayList<>();
        for (UnmodelledResource resource : resources) {
            if (mayTouch(resource, workload)) {
                doubts.add(new Doubt(
                        "the " + resource.kind() + " `"
                                + resource.metadata().name().value() + "` may change this, and it is not modelled",
                        resource.span(),
                        0));
            }
        }
        return doubts;
    }

    private boolean mayTouch(UnmodelledResource resource, WorkloadKey workload) {
        String label = resource.metadata().label(KumaLabels.MESH);
        Located<String> field = resource.metadata().mesh();
        String mesh = field == null ? label : field.value();
        Located<String> namespace = resource.metadata().namespace();
        return (mesh == null || mesh.equals(workload.mesh()))
                && (namespace == null
                        || options.isSystem(namespace.value())
                        || namespace.value().equals(workload.namespace()));
    }
}
