package dev.writ.compiler.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.model.WorkloadKey;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.PathConfigSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.core.v3.WatchedDirectory;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;

/**
 * Writes who gets as far as the rules: TLS 1.2 or 1.3 with a client certificate that the CA of its own trust domain signed.
 * Envoy's SPIFFE validator holds a CA for each trust domain; in one merged bundle, a partner's CA could sign our identities.
 * Sessions are not resumed: a resumed one is not validated again, and would outlive its certificate and its trust.
 */
final class MutualTlsEmitter {
    private static final String SDS_FOLDER = "sds";

    private final WorkloadKey workload;

    MutualTlsEmitter(WorkloadKey workload) {
        this.workload = workload;
    }

    TransportSocket socket(MutualTls admission, List<String> alpn) {
        CertificateValidationContext.Builder names = CertificateValidationContext.newBuilder();
        for (String prefix : admission.sanPrefixes()) {
            names.addMatchTypedSubjectAltNames(SubjectAltNameMatcher.newBuilder()
                    .setSanType(SubjectAltNameMatcher.SanType.URI)
                    .setMatcher(StringMatcher.newBuilder().setPrefix(prefix)));
        }
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder()
                .setTlsParams(TlsParameters.newBuilder()
                        .setTlsMinimumProtocolVersion(TlsProtocol.TLSv1_2)
                        .setTlsMaximumProtocolVersion(TlsProtocol.TLSv1_3))
                .addAllAlpnProtocols(alpn)
                .addTlsCertificateSdsSecretConfigs(sds(identityName(), ArtifactLayout.SDS_IDENTITY))
                .setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                        .setDefaultValidationContext(names)
                        .setValidationContextSdsSecretConfig(sds(trustName(), ArtifactLayout.SDS_TRUST)));
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(DownstreamTlsContext.newBuilder()
                        .setCommonTlsContext(common)
                        .setRequireClientCertificate(BoolValue.of(true))
                        .setDisableStatelessSessionResumption(true)
                        .setDisableStatefulSessionResumption(true)
                        .build()))
                .build();
    }

    Secret identity() {
        return Secret.newBuilder()
                .setName(identityName())
                .setTlsCertificate(TlsCertificate.newBuilder()
                        .setCertificateChain(file(ArtifactLayout.SVID))
                        .setPrivateKey(file(ArtifactLayout.SVID_KEY))
                        .setWatchedDirectory(WatchedDirectory.newBuilder().setPath(ArtifactLayout.SECRETS)))
                .build();
    }

    Secret trust(List<String> trustDomains) {
        SPIFFECertValidatorConfig.Builder validator = SPIFFECertValidatorConfig.newBuilder();
        for (String trustDomain : trustDomains) {
            validator.addTrustDomains(SPIFFECertValidatorConfig.TrustDomain.newBuilder()
                    .setName(trustDomain)
                    .setTrustBundle(file(ArtifactLayout.trustBundle(trustDomain))));
        }
        return Secret.newBuilder()
                .setName(trustName())
                .setValidationContext(CertificateValidationContext.newBuilder()
                        .setCustomValidatorConfig(TypedExtensionConfig.newBuilder()
                                .setName("envoy.tls.cert_validator.spiffe")
                                .setTypedConfig(Any.pack(validator.build()))))
                .build();
    }

    private String identityName() {
        return "identity:" + workload.shortName();
    }

    private String trustName() {
        return "trust:" + workload.shortName();
    }

    private static SdsSecretConfig sds(String name, String path) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(ConfigSource.newBuilder()
                        .setPathConfigSource(PathConfigSource.newBuilder()
                                .setPath(path)
                                .setWatchedDirectory(
                                        WatchedDirectory.newBuilder().setPath(SDS_FOLDER)))
                        .setResourceApiVersion(ApiVersion.V3))
                .build();
    }

    private static DataSource file(String path) {
        return DataSource.newBuilder().setFilename(path).build();
    }
}
