package dev.writ.runtime.cli;

import dev.writ.compiler.model.BuiltinMtls;
import dev.writ.compiler.model.BuiltinSvid;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a workload calls with: the SVID of its MeshIdentity, else, with a Kuma up to 2.14, that of its mesh's CA backend.
 *
 * @param provider who issues it; null where nobody does
 * @param expiry of the SVID; null where the issuer decides, or nobody issues one
 * @param uriSans in the order of the certificate; empty where it has none
 * @param reason why it has none; null where it has one
 */
record WorkloadSvid(
        @Nullable MeshIdentity identity,
        @Nullable String provider,
        @Nullable Duration expiry,
        List<String> uriSans,
        @Nullable String reason) {
    WorkloadSvid {
        uriSans = List.copyOf(uriSans);
    }

    static WorkloadSvid of(MeshModel model, Workload workload) {
        MeshIdentity by = workload.identity().by();
        String provider = by == null ? null : by.provider().type();
        return switch (workload.identity()) {
            case Issued issued ->
                new WorkloadSvid(
                        by,
                        provider,
                        expiry(issued.by().provider()),
                        List.of(issued.id().toString()),
                        null);
            case Absent absent ->
                ofMesh(model, workload)
                        .orElseGet(() -> new WorkloadSvid(
                                by, provider, null, List.of(), absent.finding().message()));
        };
    }

    /** A MeshIdentity that selects the workload and is ready keeps the mesh's backend out, whatever becomes of it. */
    private static Optional<WorkloadSvid> ofMesh(MeshModel model, Workload workload) {
        MeshIdentity by = workload.identity().by();
        Mesh mesh = model.meshOf(workload.key());
        BuiltinMtls mtls = mesh.mtls();
        if (mtls == null || !model.target().isKuma2() || by != null && by.notReady() == null) {
            return Optional.empty();
        }
        return BuiltinSvid.of(mesh, workload)
                .map(svid -> new WorkloadSvid(by, mtls.backend().type().value(), svid.expiry(), svid.uriSans(), null));
    }

    private static @Nullable Duration expiry(IdentityProvider provider) {
        return switch (provider) {
            case IdentityProvider.Bundled bundled -> bundled.expiry();
            case IdentityProvider.Spire spire -> null;
            case IdentityProvider.Extension extension -> null;
            case IdentityProvider.Unset unset -> null;
        };
    }

    /** The first SAN that is a SPIFFE ID. */
    @Nullable
    String spiffeId() {
        return uriSans.stream()
                .filter(san -> san.startsWith("spiffe://"))
                .findFirst()
                .orElse(null);
    }

    /** As Kuma writes it in resources: {@code 24h}, {@code 90m}, {@code 45s}. */
    @Nullable
    String expiryText() {
        if (expiry == null) {
            return null;
        }
        long seconds = expiry.toSeconds();
        if (seconds % Duration.ofHours(1).toSeconds() == 0) {
            return expiry.toHours() + "h";
        }
        return seconds % Duration.ofMinutes(1).toSeconds() == 0 ? expiry.toMinutes() + "m" : seconds + "s";
    }
}
