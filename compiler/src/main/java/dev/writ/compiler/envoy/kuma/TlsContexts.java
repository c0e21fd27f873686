package dev.writ.compiler.envoy.kuma;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import dev.writ.compiler.model.TlsPolicy;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes Kuma's transport sockets ({@code meshtls/plugin/v1alpha1/plugin.go}, {@code core/xds/meshroute/clusters.go}, and up to
 * 2.14 {@code xds/envoy/tls/v3/tls.go}).
 */
final class TlsContexts {
    /** What Kuma's proxies offer each other, and no application does. */
    static final String ALPN = "kuma";

    private TlsContexts() {}

    /** @param sanPrefixes of which a caller's URI SAN must start with one; empty: no SAN is asked for */
    static TransportSocket downstream(SecretSources secrets, List<String> sanPrefixes, TlsPolicy policy) {
        List<StringMatcher> sans = sanPrefixes.stream()
                .map(prefix -> StringMatcher.newBuilder().setPrefix(prefix).build())
                .toList();
        return socket(DownstreamTlsContext.newBuilder()
                .setCommonTlsContext(common(secrets, sans, policy))
                .setRequireClientCertificate(BoolValue.of(true))
                .build());
    }

    /** @param serverIds the SPIFFE IDs a server may have; empty: any */
    static TransportSocket upstream(
            SecretSources secrets, List<String> serverIds, String serverName, TlsPolicy policy) {
        List<StringMatcher> sans = serverIds.stream()
                .map(id -> StringMatcher.newBuilder().setExact(id).build())
                .toList();
        return socket(UpstreamTlsContext.newBuilder()
                .setCommonTlsContext(common(secrets, sans, policy).addAlpnProtocols(ALPN))
                .setSni(serverName)
                .build());
    }

    private static CommonTlsContext.Builder common(SecretSources secrets, List<StringMatcher> sans, TlsPolicy policy) {
        CertificateValidationContext.Builder names = CertificateValidationContext.newBuilder();
        for (StringMatcher san : sans) {
            names.addMatchTypedSubjectAltNames(SubjectAltNameMatcher.newBuilder()
                    .setSanType(SubjectAltNameMatcher.SanType.URI)
                    .setMatcher(san));
        }
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder()
                .addTlsCertificateSdsSecretConfigs(secrets.certificate())
                .setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                        .setDefaultValidationContext(names)
                        .setValidationContextSdsSecretConfig(secrets.validation()));
        if (policy.minVersion() != null
                || policy.maxVersion() != null
                || !policy.ciphers().isEmpty()) {
            common.setTlsParams(TlsParameters.newBuilder()
                    .setTlsMinimumProtocolVersion(version(policy.minVersion()))
                    .setTlsMaximumProtocolVersion(version(policy.maxVersion()))
                    .addAllCipherSuites(policy.ciphers()));
        }
        return common;
    }

    private static TlsProtocol version(@Nullable String name) {
        return switch (name == null ? "" : name) {
            case "TLS10" -> TlsProtocol.TLSv1_0;
            case "TLS11" -> TlsProtocol.TLSv1_1;
            case "TLS12" -> TlsProtocol.TLSv1_2;
            case "TLS13" -> TlsProtocol.TLSv1_3;
            default -> TlsProtocol.TLS_AUTO;
        };
    }

    private static TransportSocket socket(Message context) {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(context))
                .build();
    }
}
