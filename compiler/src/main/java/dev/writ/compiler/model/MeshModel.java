package dev.writ.compiler.model;

import java.util.List;

/** All meshes that the sources speak of, by name, as the target's control plane reads them. */
public record MeshModel(Target target, List<Mesh> meshes) {
    public MeshModel {
        meshes = List.copyOf(meshes);
    }

    public List<Workload> workloads() {
        return meshes.stream().flatMap(mesh -> mesh.workloads().stream()).toList();
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
