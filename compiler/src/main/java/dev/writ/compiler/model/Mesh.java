package dev.writ.compiler.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mesh in one zone: everything bound, templates resolved. All lists are in a stable order: workloads by key,
 * the others by name.
 *
 * @param serviceMode {@code meshServices.mode}, {@code Disabled} where the Mesh does not say; null where there is no Mesh
 * @param mtls null where no CA backend is enabled
 * @param services by name
 * @param permissions those that apply to this mesh, in Kuma's merge order, lowest first
 * @param spire of the cluster its workloads run in
 */
public record Mesh(
        String name,
        String zone,
        List<Workload> workloads,
        List<MeshIdentity> identities,
        List<MeshTrust> trusts,
        List<Permission> permissions,
        @Nullable String serviceMode,
        @Nullable BuiltinMtls mtls,
        List<MeshService> services,
        SpireSetup spire) {
    public Mesh {
        workloads = List.copyOf(workloads);
        identities = List.copyOf(identities);
        trusts = List.copyOf(trusts);
        permissions = List.copyOf(permissions);
        services = List.copyOf(services);
    }

    /** The same with these permissions. */
    Mesh withPermissions(List<Permission> others) {
        return new Mesh(name, zone, workloads, identities, trusts, others, serviceMode, mtls, services, spire);
    }

    /** One of which nothing is known that is about SPIRE. */
    public Mesh(
            String name,
            String zone,
            List<Workload> workloads,
            List<MeshIdentity> identities,
            List<MeshTrust> trusts,
            List<Permission> permissions,
            @Nullable String serviceMode,
            @Nullable BuiltinMtls mtls,
            List<MeshService> services) {
        this(name, zone, workloads, identities, trusts, permissions, serviceMode, mtls, services, SpireSetup.NONE);
    }

    /** One without builtin mTLS and MeshServices. */
    public Mesh(
            String name,
            String zone,
            List<Workload> workloads,
            List<MeshIdentity> identities,
            List<MeshTrust> trusts,
            List<Permission> permissions) {
        this(name, zone, workloads, identities, trusts, permissions, null, null, List.of(), SpireSetup.NONE);
    }
}
