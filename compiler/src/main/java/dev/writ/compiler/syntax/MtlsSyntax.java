package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Mesh's {@code mtls} (Kuma up to 2.14).
 *
 * @param enabledBackend null, or the empty text, where mTLS is off
 */
public record MtlsSyntax(@Nullable Located<String> enabledBackend, List<Backend> backends, SourceSpan span) {
    public MtlsSyntax {
        backends = List.copyOf(backends);
    }

    /**
     * A CA backend.
     *
     * @param type {@code builtin}, {@code provided}, or one of Kong Mesh's ({@code vault}, {@code acmpca}, {@code certmanager})
     * @param permissive mode {@code PERMISSIVE}; {@code STRICT} by default
     * @param dpCertExpiration of the SVIDs; null for the default of 24 h ({@code dpCert.rotation.expiration})
     * @param rsaBits of the CA's key; null for the default of 2048 ({@code conf.caCert.RSAbits})
     * @param caExpiration null for the default of 10 years
     * @param ca of a provided backend; null for the others
     */
    public record Backend(
            Located<String> name,
            Located<String> type,
            boolean permissive,
            @Nullable Duration dpCertExpiration,
            @Nullable Integer rsaBits,
            @Nullable Duration caExpiration,
            ProviderSyntax.@Nullable UserCa ca,
            SourceSpan span) {}
}
