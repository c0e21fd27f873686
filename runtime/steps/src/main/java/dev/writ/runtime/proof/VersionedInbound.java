package dev.writ.runtime.proof;

import dev.writ.compiler.analysis.Side;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.Transport;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An inbound in one version of a policy.
 *
 * @param transport {@code plaintext}, {@code permissive}, {@code mtls} or {@code unknown}
 * @param parts all that decides: inbounds of equal parts decide alike
 * @param place where it is declared; null for one that is known from its config alone
 */
record VersionedInbound(
        int port,
        Side side,
        String transport,
        List<Object> parts,
        @Nullable SourceSpan place) {

    static VersionedInbound of(InboundPolicy policy) {
        String transport = switch (policy.admission()) {
            case Admission.Plaintext plaintext -> "plaintext";
            case Admission.Permissive permissive -> "permissive";
            case Admission.MutualTls tls -> "mtls";
            case Admission.Undecidable open -> "unknown";
        };
        List<Object> parts = List.of(
                policy.admission(),
                policy.enforced(),
                policy.shadow(),
                policy.inbound().protocol(),
                policy.inbound().port());
        return new VersionedInbound(
                policy.inbound().port(),
                new Side.Written(policy),
                transport,
                parts,
                policy.inbound().span());
    }

    static VersionedInbound of(EnvoyConfig config, InboundListener listener) {
        return new VersionedInbound(
                listener.port(),
                new Side.Configured(config, listener.port()),
                transport(listener),
                List.of(listener, config.unmodelled()),
                null);
    }

    private static String transport(InboundListener listener) {
        boolean plaintext = false;
        boolean tls = false;
        for (FilterChain chain : Stream.concat(listener.chains().stream(), listener.defaultChain().stream())
                .toList()) {
            switch (chain.transport()) {
                case Transport.Plaintext none -> plaintext = true;
                case Transport.Tls mutual -> tls = true;
                case Unmodelled unmodelled -> {
                    return "unknown";
                }
            }
        }
        return plaintext && tls ? "permissive" : tls ? "mtls" : "plaintext";
    }
}
