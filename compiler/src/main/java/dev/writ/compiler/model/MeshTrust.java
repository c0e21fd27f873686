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
}
