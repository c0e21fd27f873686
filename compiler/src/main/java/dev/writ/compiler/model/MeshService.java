package dev.writ.compiler.model;

import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import java.util.List;

/**
 * A MeshService: what a client's cluster, its SNI and the identities it accepts are made of.
 *
 * @param zone of its origin
 * @param namespace empty in the universal form
 * @param spiffeIds the SPIFFE IDs its workloads may present: of every ready MeshIdentity that matches any of them
 *     ({@code meshservice/status/updater.go}), sorted; empty: a client accepts any peer of a trusted domain
 * @param serviceTags the values of {@code kuma.io/service} its dataplanes have (up to 2.14), sorted
 * @param tlsReady whether clients originate mTLS to it
 */
public record MeshService(
        String name,
        String zone,
        String namespace,
        MeshServiceResource resource,
        List<String> spiffeIds,
        List<String> serviceTags,
        boolean tlsReady,
        String kri) {
    public MeshService {
        spiffeIds = List.copyOf(spiffeIds);
        serviceTags = List.copyOf(serviceTags);
    }
}
