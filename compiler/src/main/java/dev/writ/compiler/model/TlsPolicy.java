package dev.writ.compiler.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What MeshTLS comes to for one inbound.
 *
 * @param permissive null where no MeshTLS says so: strict, or what the mesh's backend says (up to 2.14)
 * @param minVersion Kuma's word, for example {@code TLS12}; null where none is set
 * @param ciphers empty where none are set
 */
public record TlsPolicy(
        @Nullable Boolean permissive,
        @Nullable String minVersion,
        @Nullable String maxVersion,
        List<String> ciphers) {
    public static final TlsPolicy NONE = new TlsPolicy(null, null, null, List.of());

    public TlsPolicy {
        ciphers = List.copyOf(ciphers);
    }
}
