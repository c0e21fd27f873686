package dev.writ.compiler.model;

import java.util.List;

/**
 * All meshes that the sources speak of, as the target's control plane reads them: one for each mesh and zone, by name and zone.
 * What one zone's control plane has the others do not see (its policies, and whom it trusts); a workload of one zone may call
 * one of another all the same.
 */
public record MeshModel(Target target, List<Mesh> meshes, List<ExternalService> externalServices) {
    public MeshModel {
        meshes = List.copyOf(meshes);
        externalServices = List.copyOf(externalServices);
    }

    /** One that calls nothing outside. */
    public MeshModel(Target target, List<Mesh> meshes) {
        this(target, meshes, List.of());
    }

    public List<Workload> workloads() {
        return meshes.stream().flatMap(mesh -> mesh.workloads().stream()).toList();
    }

    /** A mesh in each of its zones. */
    public List<Mesh> zonesOf(String mesh) {
        return meshes.stream().filter(one -> one.name().equals(mesh)).toList();
    }

    /** The mesh of a workload, in its zone. */
    public Mesh meshOf(WorkloadKey workload) {
        return meshes.stream()
                .filter(mesh ->
                        mesh.name().equals(workload.mesh()) && mesh.zone().equals(workload.zone()))
                .findFirst()
                .orElseThrow();
    }
}
