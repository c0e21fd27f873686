package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trust domain whose SVIDs the mesh accepts.
 *
 * @param caBundles PEM texts that the sources give for it; empty where a MeshIdentity generates the CA
 * @param originKri the KRI of the MeshIdentity it was made from; null where nothing says so
 * @param generatedBy the MeshIdentity whose CA belongs to it; null for a trust that the sources declare alone
 */
public record MeshTrust(
        String name,
        String trustDomain,
        List<String> caBundles,
        @Nullable MeshIdentity generatedBy,
        @Nullable String originKri,
        SourceSpan span) {
    public MeshTrust {
        caBundles = List.copyOf(caBundles);
    }

    /** Whether it has a CA whose certificate the sources do not give: a control plane generates or keeps it. */
    public boolean hasUnknownCa() {
        boolean isAmongThem = generatedBy != null && generatedBy.kri().equals(originKri) && !caBundles.isEmpty();
        return generatedBy != null
                && !isAmongThem
                && !(generatedBy.provider() instanceof IdentityProvider.Bundled bundled && bundled.userCa() != null);
    }

    /**
     * Whether the trust domain is not the one of the MeshIdentity whose CA it holds: a control plane never updates it, so that
     * a MeshIdentity with a new trust domain is trusted by nobody and stays {@code Ready} (kumahq/kuma, hazard 9).
     */
    public boolean isStale() {
        return generatedBy != null
                && generatedBy.trustDomain() != null
                && !generatedBy.trustDomain().equals(trustDomain);
    }
}
