package dev.writ.compiler.model;

import java.util.List;

/** All meshes that the sources speak of, by name. */
public record MeshModel(List<Mesh> meshes) {
    public MeshModel {
        meshes = List.copyOf(meshes);
    }

    public List<Workload> workloads() {
        return meshes.stream().flatMap(mesh -> mesh.workloads().stream()).toList();
    }
}
