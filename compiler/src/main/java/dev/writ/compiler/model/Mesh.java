package dev.writ.compiler.model;

import java.util.List;

/**
 * One mesh in one zone: everything bound, templates resolved. All lists are in a stable order: workloads by key,
 * the others by name.
 *
 * @param permissions those that apply to this mesh, in Kuma's merge order, lowest first
 */
public record Mesh(
        String name,
        String zone,
        List<Workload> workloads,
        List<MeshIdentity> identities,
        List<MeshTrust> trusts,
        List<Permission> permissions) {
    public Mesh {
        workloads = List.copyOf(workloads);
        identities = List.copyOf(identities);
        trusts = List.copyOf(trusts);
        permissions = List.copyOf(permissions);
    }
}
