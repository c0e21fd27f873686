package dev.writ.compiler.model;

import dev.writ.compiler.syntax.MtlsSyntax;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mesh whose own CA backend issues SVIDs to every dataplane (Kuma up to 2.14).
 *
 * @param permissive whether the backend's mode lets plaintext in, where no MeshTLS says otherwise
 * @param expiry of the SVIDs
 */
public record BuiltinMtls(MtlsSyntax.Backend backend, boolean permissive, Duration expiry) {
    private static final Duration DEFAULT_EXPIRY = Duration.ofHours(24);

    /** That of a Mesh; null where none is enabled, and where the one that is enabled is not there, which is found before. */
    static @Nullable BuiltinMtls of(@Nullable MtlsSyntax mtls) {
        if (mtls == null || mtls.enabledBackend() == null) {
            return null;
        }
        String enabled = mtls.enabledBackend().value();
        return mtls.backends().stream()
                .filter(backend -> backend.name().value().equals(enabled))
                .findFirst()
                .map(backend -> new BuiltinMtls(
                        backend,
                        backend.permissive(),
                        Objects.requireNonNullElse(backend.dpCertExpiration(), DEFAULT_EXPIRY)))
                .orElse(null);
    }
}
