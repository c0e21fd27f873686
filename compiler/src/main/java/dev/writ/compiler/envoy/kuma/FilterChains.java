package dev.writ.compiler.envoy.kuma;

import com.google.protobuf.BoolValue;
import dev.writ.compiler.envoy.NamedFilter;
import dev.writ.compiler.model.Protocol;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.grpc_stats.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;

/**
 * Writes the ways to the application as Kuma does ({@code xds/generator/inbound_proxy_generator.go}). What the caller says about
 * its certificate is replaced on every chain, plaintext ones among them (recorded).
 */
final class FilterChains {
    private static final String TLS = "tls";

    private final Protocol protocol;
    private final InboundNames names;

    FilterChains(Protocol protocol, InboundNames names) {
        this.protocol = protocol;
        this.names = names;
    }

    /** The only chain of a listener: whatever comes. */
    FilterChain.Builder any() {
        return chain();
    }

    /** The first chain of a permissive listener: plaintext. */
    FilterChain.Builder plaintext() {
        return chain().setFilterChainMatch(FilterChainMatch.newBuilder().setTransportProtocol("raw_buffer"));
    }

    /** The second: the application's own TLS. */
    FilterChain.Builder foreignTls() {
        return chain().setFilterChainMatch(FilterChainMatch.newBuilder().setTransportProtocol(TLS));
    }

    /** The third: the mesh's TLS. */
    FilterChain.Builder meshTls() {
        return chain().setFilterChainMatch(FilterChainMatch.newBuilder()
                .setTransportProtocol(TLS)
                .addApplicationProtocols(TlsContexts.ALPN));
    }

    private FilterChain.Builder chain() {
        return FilterChain.newBuilder().addFilters(protocol.isHttp() ? http() : tcp());
    }

    private Filter http() {
        HttpConnectionManager.Builder manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(names.stats())
                .setForwardClientCertDetails(ForwardClientCertDetails.SANITIZE_SET)
                .setSetCurrentClientCertDetails(
                        SetCurrentClientCertDetails.newBuilder().setUri(true))
                .setRouteConfig(routes());
        if (protocol == Protocol.GRPC) {
            manager.addHttpFilters(NamedFilter.http(
                    "envoy.filters.http.grpc_stats",
                    FilterConfig.newBuilder().setEmitFilterState(true).build()));
        }
        manager.addHttpFilters(NamedFilter.http("envoy.filters.http.router", Router.getDefaultInstance()));
        return NamedFilter.network("envoy.filters.network.http_connection_manager", manager.build());
    }

    /** Without a timeout of Envoy's own: Kuma's default policies give an inbound none either. */
    private RouteConfiguration routes() {
        return RouteConfiguration.newBuilder()
                .setName(names.route())
                .addRequestHeadersToRemove("x-kuma-tags")
                .setValidateClusters(BoolValue.of(false))
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName(names.virtualHost())
                        .addDomains("*")
                        .addRoutes(NamedFilter.toCluster(names.cluster())))
                .build();
    }

    private Filter tcp() {
        return NamedFilter.network(
                "envoy.filters.network.tcp_proxy",
                TcpProxy.newBuilder()
                        .setStatPrefix(names.stats())
                        .setCluster(names.cluster())
                        .build());
    }
}
