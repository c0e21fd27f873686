package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;

/**
 * Puts the parts of one workload's config into the config of many: a prefix before the names that they call each other by, a folder
 * before the paths of secrets.
 *
 * <p>Secrets become part of the config. Read by SDS from files, each workload would take several inotify instances, of which a
 * user has 128 on most machines.
 */
record Placement(String prefix, String folder) {
    TransportSocket place(TransportSocket socket) {
        if (!socket.getTypedConfig().is(DownstreamTlsContext.class)) {
            return socket;
        }
        DownstreamTlsContext.Builder tls =
                Packed.unpack(socket.getTypedConfig(), DownstreamTlsContext.class).toBuilder();
        CommonTlsContext.Builder common = tls.getCommonTlsContextBuilder();
        common.getTlsCertificateSdsSecretConfigsBuilderList().forEach(this::place);
        switch (common.getValidationContextTypeCase()) {
            case COMBINED_VALIDATION_CONTEXT ->
                place(common.getCombinedValidationContextBuilder().getValidationContextSdsSecretConfigBuilder());
            case VALIDATION_CONTEXT_SDS_SECRET_CONFIG -> place(common.getValidationContextSdsSecretConfigBuilder());
            default -> {
                // Nothing that names a secret.
            }
        }
        return socket.toBuilder().setTypedConfig(Any.pack(tls.build())).build();
    }

    HttpConnectionManager place(HttpConnectionManager manager) {
        HttpConnectionManager.Builder placed = manager.toBuilder();
        for (VirtualHost.Builder host : placed.getRouteConfigBuilder().getVirtualHostsBuilderList()) {
            for (Route.Builder route : host.getRoutesBuilderList()) {
                if (route.getRoute().hasCluster()) {
                    route.getRouteBuilder().setCluster(prefix + route.getRoute().getCluster());
                }
            }
        }
        return placed.build();
    }

    TcpProxy place(TcpProxy proxy) {
        return proxy.hasCluster()
                ? proxy.toBuilder().setCluster(prefix + proxy.getCluster()).build()
                : proxy;
    }

    /** The cluster, with the stub for its only endpoint. */
    Cluster place(Cluster cluster, Address stub) {
        String name = prefix + cluster.getName();
        return cluster.toBuilder()
                .setName(name)
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(LbEndpoint.newBuilder()
                                        .setEndpoint(Endpoint.newBuilder().setAddress(stub)))))
                .build();
    }

    Secret place(Secret secret) {
        Secret.Builder placed = secret.toBuilder().setName(prefix + secret.getName());
        if (secret.hasTlsCertificate()) {
            place(placed.getTlsCertificateBuilder().clearWatchedDirectory().getCertificateChainBuilder());
            place(placed.getTlsCertificateBuilder().getPrivateKeyBuilder());
        }
        if (secret.hasValidationContext()) {
            placeTrust(placed.getValidationContextBuilder().clearWatchedDirectory());
        }
        return placed.build();
    }

    private void placeTrust(CertificateValidationContext.Builder context) {
        if (context.hasCustomValidatorConfig()) {
            context.getCustomValidatorConfigBuilder()
                    .setTypedConfig(
                            placeValidator(context.getCustomValidatorConfig().getTypedConfig()));
        }
        if (context.hasTrustedCa()) {
            place(context.getTrustedCaBuilder());
        }
    }

    private Any placeValidator(Any validator) {
        SPIFFECertValidatorConfig.Builder placed =
                Packed.unpack(validator, SPIFFECertValidatorConfig.class).toBuilder();
        placed.getTrustDomainsBuilderList().forEach(domain -> place(domain.getTrustBundleBuilder()));
        return Any.pack(placed.build());
    }

    private void place(SdsSecretConfig.Builder secret) {
        secret.setName(prefix + secret.getName()).clearSdsConfig();
    }

    private void place(DataSource.Builder file) {
        file.setFilename(folder + "/" + file.getFilename());
    }
}
