package dev.writ.compiler.resource;

import dev.writ.compiler.model.IssuedShape;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Says with Kuma's prefixes what is below a SPIFFE ID. Kuma compares bytes and refuses a slash at the end, so that the prefix of an
 * ID admits its look-alikes; but over the IDs that the mesh's templates can issue, one that goes on into the next literal segment is
 * equal to the pattern: {@code …/ns/kuma-demo/sa} to {@code …/ns/kuma-demo/**}.
 */
final class CallerPrefixes {
    private final Mesh mesh;

    CallerPrefixes(Mesh mesh) {
        this.mesh = mesh;
    }

    /** The prefixes that together are equal to everything below an ID; empty if there are none. */
    Optional<List<String>> below(String id) {
        Optional<SpiffeId> base = SpiffeId.of(id);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        List<IssuedShape> shapes = new ArrayList<>();
        for (MeshIdentity identity : issuersIn(base.get().trustDomain())) {
            Optional<IssuedShape> shape =
                    IssuedShape.of(identity.pathTemplate(), base.get().trustDomain());
            if (shape.isEmpty()) {
                return Optional.empty();
            }
            shapes.add(shape.get());
        }
        return shapes.isEmpty() ? Optional.empty() : prefixes(base.get(), shapes);
    }

    private static Optional<List<String>> prefixes(SpiffeId base, List<IssuedShape> shapes) {
        String path = base.path();
        List<String> segments =
                path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
        TreeSet<String> prefixes = new TreeSet<>();
        for (IssuedShape shape : shapes) {
            if (shape.reachesBelow(segments)) {
                String next = shape.beginningOf(segments.size());
                String prefix = base + "/" + next;
                if (next.isEmpty() || SpiffeId.of(prefix).isEmpty()) {
                    return Optional.empty();
                }
                prefixes.add(prefix);
            }
        }
        return prefixes.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(prefixes));
    }

    /** Those whose SVIDs are in a trust domain; none if others too may issue in it. */
    private List<MeshIdentity> issuersIn(String trustDomain) {
        boolean isForeign = mesh.trusts().stream()
                .filter(trust -> trust.trustDomain().equals(trustDomain))
                .anyMatch(this::isForeign);
        return isForeign
                ? List.of()
                : mesh.identities().stream()
                        .filter(identity -> issuesIn(identity, trustDomain))
                        .toList();
    }

    private boolean isForeign(MeshTrust trust) {
        return trust.generatedBy() == null
                && mesh.identities().stream()
                        .noneMatch(identity -> identity.name().equals(trust.name())
                                || identity.kri().equals(trust.originKri()));
    }

    private boolean issuesIn(MeshIdentity identity, String trustDomain) {
        if (trustDomain.equals(identity.trustDomain())) {
            return true;
        }
        for (Workload workload : mesh.workloads()) {
            if (workload.identity() instanceof Issued issued
                    && issued.by().equals(identity)
                    && issued.id().trustDomain().equals(trustDomain)) {
                return true;
            }
        }
        return false;
    }
}
