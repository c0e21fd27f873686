package dev.writ.compiler.envoy.kuma;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;

/** Writes the clusters behind a workload's inbounds, and the one of its SPIRE agent. */
final class KumaClusters {
    private static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    /** Where the injector mounts the agent's socket ({@code runtime/k8s/webhooks/injector}). */
    private static final String POD_AGENT_SOCKET = "/run/spire/sockets/socket";

    /** The default of {@code KUMA_RUNTIME_UNIVERSAL_SPIRE_SOCKET_PATH}. */
    private static final String UNIVERSAL_AGENT_SOCKET = "/tmp/spire-agent/public/api.sock";

    static final Any HTTP2 = Any.pack(HttpProtocolOptions.newBuilder()
            .setExplicitHttpConfig(
                    ExplicitHttpConfig.newBuilder().setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance()))
            .build());

    private static final Any HTTP1 = Any.pack(HttpProtocolOptions.newBuilder()
            .setExplicitHttpConfig(
                    ExplicitHttpConfig.newBuilder().setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance()))
            .build());

    private KumaClusters() {}

    /** The application behind an inbound. */
    static Cluster application(Workload workload, Inbound inbound, Target target) {
        InboundNames names = InboundNames.of(workload, inbound, target);
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName(names.cluster())
                .setAltStatName(names.altStats())
                .setType(DiscoveryType.STATIC)
                .setLoadAssignment(endpoint(
                        names.cluster(),
                        Address.newBuilder()
                                .setSocketAddress(SocketAddress.newBuilder()
                                        .setAddress(applicationAddress(workload, inbound))
                                        .setPortValue(inbound.servicePort()))
                                .build()));
        if (inbound.protocol().isHttp()) {
            cluster.putTypedExtensionProtocolOptions(HTTP_OPTIONS, inbound.protocol() == Protocol.HTTP ? HTTP1 : HTTP2);
        }
        return cluster.build();
    }

    /** A pod's application is called on the pod's address, which is not known before it starts. */
    private static String applicationAddress(Workload workload, Inbound inbound) {
        if (inbound.serviceAddress() != null) {
            return inbound.serviceAddress();
        }
        String address = InboundNames.address(workload, inbound);
        return address.equals(InboundNames.ANY_ADDRESS) ? "127.0.0.1" : address;
    }

    /** The agent's Workload API ({@code meshidentity/providers/spire/spire.go}). */
    static Cluster spireAgent(Workload workload, Credentials.OfSpire spire) {
        return spireAgent(spire, workload.isUniversal() ? UNIVERSAL_AGENT_SOCKET : POD_AGENT_SOCKET);
    }

    static Cluster spireAgent(Credentials.OfSpire spire, String socket) {
        java.time.Duration timeout = spire.provider().agentTimeout();
        return Cluster.newBuilder()
                .setName(Credentials.OfSpire.CLUSTER)
                .setConnectTimeout(
                        Duration.newBuilder().setSeconds(timeout.toSeconds()).setNanos(timeout.toNanosPart()))
                .setLoadAssignment(endpoint(
                        Credentials.OfSpire.CLUSTER,
                        Address.newBuilder()
                                .setPipe(Pipe.newBuilder().setPath(socket))
                                .build()))
                .putTypedExtensionProtocolOptions(HTTP_OPTIONS, HTTP2)
                .build();
    }

    /** One whose endpoints the control plane sends, and that speaks HTTP/2 between proxies. */
    static Cluster.Builder discovered(String name) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder()
                        .setEdsConfig(ConfigSource.newBuilder()
                                .setAds(AggregatedConfigSource.getDefaultInstance())
                                .setResourceApiVersion(ApiVersion.V3)))
                .putTypedExtensionProtocolOptions(HTTP_OPTIONS, HTTP2);
    }

    private static ClusterLoadAssignment endpoint(String cluster, Address address) {
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster)
                .addEndpoints(LocalityLbEndpoints.newBuilder()
                        .addLbEndpoints(LbEndpoint.newBuilder()
                                .setEndpoint(Endpoint.newBuilder().setAddress(address))))
                .build();
    }
}
