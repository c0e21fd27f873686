package dev.writ.compiler.check;

import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The trust domains a mesh knows: those it trusts, and those its MeshIdentities and its builtin mTLS issue in. */
record TrustDomains(NavigableSet<String> known, Map<String, List<MeshIdentity>> issuers) {

    static TrustDomains of(Mesh mesh) {
        NavigableSet<String> known = new TreeSet<>();
        Map<String, NavigableSet<Integer>> issuing = new TreeMap<>();
        List<MeshIdentity> identities = mesh.identities();
        for (int i = 0; i < identities.size(); i++) {
            String trustDomain = identities.get(i).trustDomain();
            if (trustDomain != null) {
                issuing.computeIfAbsent(trustDomain, none -> new TreeSet<>()).add(i);
            }
        }
        for (Workload workload : mesh.workloads()) {
            if (workload.identity() instanceof Issued issued) {
                issuing.computeIfAbsent(issued.id().trustDomain(), none -> new TreeSet<>())
                        .add(identities.indexOf(issued.by()));
            }
        }
        mesh.trusts().stream().map(MeshTrust::trustDomain).forEach(known::add);
        known.addAll(issuing.keySet());
        if (mesh.mtls() != null) {
            // Builtin mTLS issues spiffe://mesh/service.
            known.add(mesh.name());
        }
        Map<String, List<MeshIdentity>> issuers = new TreeMap<>();
        issuing.forEach((trustDomain, indices) ->
                issuers.put(trustDomain, indices.stream().map(identities::get).toList()));
        return new TrustDomains(known, issuers);
    }

    /** The MeshIdentities that issue in a trust domain. */
    List<MeshIdentity> issuersOf(String trustDomain) {
        return issuers.getOrDefault(trustDomain, List.of());
    }
}
