package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code provider} of a MeshIdentity. */
public sealed interface ProviderSyntax {
    SourceSpan span();

    /**
     * {@code Bundled}: the control plane signs. Defaults are Kuma's: trust creation enabled, the rest off.
     *
     * @param ca a CA of one's own; null for a generated one, or for none
     * @param expiry null where the resource leaves it to the version's default
     */
    record Bundled(
            boolean meshTrustCreation,
            boolean insecureAllowSelfSigned,
            boolean autogenerate,
            @Nullable UserCa ca,
            @Nullable Located<Duration> expiry,
            SourceSpan span)
            implements ProviderSyntax {}

    /** {@code bundled.ca}. */
    record UserCa(DataSource certificate, DataSource privateKey, SourceSpan span) {}

    /** {@code Spire}: an agent issues; the timeout is that of connecting to it, 1 s by default. */
    record Spire(Duration agentTimeout, SourceSpan span) implements ProviderSyntax {}

    /**
     * {@code Extension} (2.14 and newer): something outside Kuma issues, its CA is unknown.
     *
     * @param type which, for example {@code vault}; null where it is not said
     */
    record Extension(@Nullable Located<String> type, SourceSpan span) implements ProviderSyntax {}
}
