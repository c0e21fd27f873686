package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.envoy.kuma.KumaSnapshot;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes what a Kuma control plane sends a proxy into something a real Envoy can judge by: its inbound listeners and their clusters as
 * they are, its secrets with real certificates in the place of generated ones, and those that a SPIRE agent would give.
 */
final class KumaJudgedConfig {
    private final KumaSnapshot snapshot;
    private final List<String> agentTrustDomains;

    private KumaJudgedConfig(KumaSnapshot snapshot, List<String> agentTrustDomains) {
        this.snapshot = snapshot;
        this.agentTrustDomains = agentTrustDomains;
    }

    /** @param agentTrustDomains those whose CAs a SPIRE agent would know */
    static JudgedConfig of(KumaSnapshot snapshot, List<String> agentTrustDomains) {
        return new KumaJudgedConfig(snapshot, agentTrustDomains).config();
    }

    private JudgedConfig config() {
        List<Listener> listeners = snapshot.listeners().stream()
                .filter(listener -> listener.getTrafficDirection() != TrafficDirection.OUTBOUND)
                .toList();
        List<FilterChain> chains = listeners.stream()
                .flatMap(listener -> listener.getFilterChainsList().stream())
                .toList();
        Set<String> called = new HashSet<>();
        chains.stream()
                .flatMap(chain -> chain.getFiltersList().stream())
                .forEach(filter -> called.addAll(called(filter)));
        List<Cluster> clusters = snapshot.clusters().stream()
                .filter(cluster -> called.contains(cluster.getName()))
                .toList();
        List<Secret> secrets = new ArrayList<>();
        snapshot.secrets().forEach(secret -> secrets.add(inFiles(secret)));
        chains.forEach(chain -> tls(chain).ifPresent(common -> addOfAgent(common, secrets)));
        return new JudgedConfig(snapshot.workload(), listeners, clusters, secrets, Bootstrap.getDefaultInstance());
    }

    private static List<String> called(Filter filter) {
        Any config = filter.getTypedConfig();
        if (config.is(TcpProxy.class)) {
            return List.of(Packed.unpack(config, TcpProxy.class).getCluster());
        }
        return config.is(HttpConnectionManager.class)
                ? Packed.unpack(config, HttpConnectionManager.class).getRouteConfig().getVirtualHostsList().stream()
                        .flatMap(host -> host.getRoutesList().stream())
                        .map(Route::getRoute)
                        .map(route -> route.getCluster())
                        .toList()
                : List.of();
    }

    private static Optional<CommonTlsContext> tls(FilterChain chain) {
        Any socket = chain.getTransportSocket().getTypedConfig();
        return socket.is(DownstreamTlsContext.class)
                ? Optional.of(Packed.unpack(socket, DownstreamTlsContext.class).getCommonTlsContext())
                : Optional.empty();
    }

    private Secret inFiles(Secret secret) {
        if (secret.hasTlsCertificate()) {
            return identity(secret.getName());
        }
        CertificateValidationContext.Builder context = secret.getValidationContext().toBuilder();
        if (context.hasTrustedCa()) {
            context.setTrustedCa(
                    file(ArtifactLayout.trustBundle(snapshot.workload().mesh())));
        }
        if (context.hasCustomValidatorConfig()) {
            Any validator = context.getCustomValidatorConfig().getTypedConfig();
            List<String> trustDomains =
                    Packed.unpack(validator, SPIFFECertValidatorConfig.class).getTrustDomainsList().stream()
                            .map(SPIFFECertValidatorConfig.TrustDomain::getName)
                            .toList();
            context.setCustomValidatorConfig(validator(trustDomains));
        }
        return secret.toBuilder().setValidationContext(context).build();
    }

    /** The secrets that are named and that the control plane does not send. */
    private void addOfAgent(CommonTlsContext tls, List<Secret> secrets) {
        for (SdsSecretConfig reference : tls.getTlsCertificateSdsSecretConfigsList()) {
            addIfMissing(identity(reference.getName()), secrets);
        }
        Stream.of(
                        tls.getValidationContextSdsSecretConfig(),
                        tls.getCombinedValidationContext().getValidationContextSdsSecretConfig())
                .filter(reference -> !reference.getName().isEmpty())
                .forEach(reference -> addIfMissing(
                        Secret.newBuilder()
                                .setName(reference.getName())
                                .setValidationContext(CertificateValidationContext.newBuilder()
                                        .setCustomValidatorConfig(validator(trustDomains(reference))))
                                .build(),
                        secrets));
    }

    /** What the control plane never sends is no agent's to give: a proxy that waits for it trusts nobody. */
    private List<String> trustDomains(SdsSecretConfig reference) {
        return reference.getSdsConfig().hasAds() ? List.of() : agentTrustDomains;
    }

    private static void addIfMissing(Secret added, List<Secret> secrets) {
        if (secrets.stream().noneMatch(secret -> secret.getName().equals(added.getName()))) {
            secrets.add(added);
        }
    }

    private static TypedExtensionConfig validator(List<String> trustDomains) {
        SPIFFECertValidatorConfig.Builder validator = SPIFFECertValidatorConfig.newBuilder();
        for (String trustDomain : trustDomains) {
            validator.addTrustDomains(SPIFFECertValidatorConfig.TrustDomain.newBuilder()
                    .setName(trustDomain)
                    .setTrustBundle(file(ArtifactLayout.trustBundle(trustDomain))));
        }
        return TypedExtensionConfig.newBuilder()
                .setName("envoy.tls.cert_validator.spiffe")
                .setTypedConfig(Any.pack(validator.build()))
                .build();
    }

    private static Secret identity(String name) {
        return Secret.newBuilder()
                .setName(name)
                .setTlsCertificate(TlsCertificate.newBuilder()
                        .setCertificateChain(file(ArtifactLayout.SVID))
                        .setPrivateKey(file(ArtifactLayout.SVID_KEY)))
                .build();
    }

    private static DataSource file(String path) {
        return DataSource.newBuilder().setFilename(path).build();
    }
}
