package dev.writ.compiler.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import dev.writ.compiler.envoy.FilterEmitter.Matchers;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.model.WorkloadKey;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.StaticResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import java.util.List;

/**
 * Writes a workload's whole static bootstrap, for {@code envoy -c envoy.yaml} started in its folder. Each inbound is a listener
 * on its port on all addresses: mutual TLS, then RBAC, then the application, which listens on loopback, as the admin interface
 * does ({@link LoopbackPorts}).
 */
final class BootstrapEmitter {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ALL_ADDRESSES = "0.0.0.0";
    private static final int CONNECT_TIMEOUT_SECONDS = 5;

    private final WorkloadKey workload;
    private final MutualTlsEmitter tls;

    BootstrapEmitter(WorkloadKey workload) {
        this.workload = workload;
        this.tls = new MutualTlsEmitter(workload);
    }

    /** An inbound with what stands before it. */
    record Gate(Inbound inbound, MutualTls admission, Matchers matchers) {}

    Snapshot emit(List<Gate> gates, List<String> trustDomains) {
        LoopbackPorts ports = LoopbackPorts.of(
                gates.stream().map(gate -> gate.inbound().port()).toList());
        StaticResources.Builder resources = StaticResources.newBuilder();
        for (Gate gate : gates) {
            int port = gate.inbound().port();
            InboundNames names = InboundNames.of(workload, port);
            resources.addListeners(listener(gate, names));
            resources.addClusters(cluster(names, gate.inbound().protocol(), ports.application(port)));
        }
        Bootstrap bootstrap = Bootstrap.newBuilder()
                .setNode(node())
                .setAdmin(Admin.newBuilder().setAddress(address(LOOPBACK, ports.admin())))
                .setStaticResources(resources)
                .build();
        return new Snapshot(workload, bootstrap, tls.identity(), tls.trust(trustDomains));
    }

    /** SDS refuses to start without an id and a cluster. */
    private Node node() {
        return Node.newBuilder()
                .setId(workload.mesh() + "/" + workload.shortName())
                .setCluster(workload.shortName())
                .setLocality(Locality.newBuilder().setZone(workload.zone()))
                .build();
    }

    private Listener listener(Gate gate, InboundNames names) {
        FilterChain.Builder chain = FilterChain.newBuilder();
        if (gate.inbound().protocol().isHttp()) {
            chain.setTransportSocket(tls.socket(gate.admission(), List.of("h2", "http/1.1")))
                    .addFilters(FilterEmitter.http(names, gate.matchers()));
        } else {
            chain.setTransportSocket(tls.socket(gate.admission(), List.of()))
                    .addAllFilters(FilterEmitter.tcp(names, gate.matchers()));
        }
        return Listener.newBuilder()
                .setName(names.listener())
                .setTrafficDirection(TrafficDirection.INBOUND)
                .setAddress(address(ALL_ADDRESSES, gate.inbound().port()))
                .addListenerFilters(ListenerFilter.newBuilder()
                        .setName("envoy.filters.listener.tls_inspector")
                        .setTypedConfig(Any.pack(TlsInspector.getDefaultInstance())))
                .addFilterChains(chain)
                .build();
    }

    private static Cluster cluster(InboundNames names, Protocol protocol, int port) {
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName(names.cluster())
                .setType(Cluster.DiscoveryType.STATIC)
                .setConnectTimeout(Duration.newBuilder().setSeconds(CONNECT_TIMEOUT_SECONDS))
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(names.cluster())
                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(LbEndpoint.newBuilder()
                                        .setEndpoint(Endpoint.newBuilder().setAddress(address(LOOPBACK, port))))));
        if (protocol == Protocol.HTTP2 || protocol == Protocol.GRPC) {
            Message http2 = HttpProtocolOptions.newBuilder()
                    .setExplicitHttpConfig(ExplicitHttpConfig.newBuilder()
                            .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance()))
                    .build();
            cluster.putTypedExtensionProtocolOptions(
                    "envoy.extensions.upstreams.http.v3.HttpProtocolOptions", Any.pack(http2));
        }
        return cluster.build();
    }

    private static Address address(String host, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(host).setPortValue(port))
                .build();
    }
}
