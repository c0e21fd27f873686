package dev.writ.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.CodecType;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.util.List;
import java.util.Optional;

/** Writes what a connection goes through after TLS: RBAC first, then the way to the application. */
final class FilterEmitter {
    /** Of a caller that has been let in; beyond it Envoy stops reading until the application is connected. */
    private static final int MAX_EARLY_DATA_BYTES = 65_536;

    private FilterEmitter() {}

    /** The enforced rules, and those that are only reported. */
    record Matchers(Matcher enforced, Optional<Matcher> shadow) {}

    /**
     * An HTTP connection manager. Paths are normalised before the rules see them, and one with an escaped slash is refused
     * ({@code /admin%2Fx} is another path to Envoy than to many applications). What a caller says about its own certificate is
     * replaced by what TLS says.
     */
    static Filter http(InboundNames names, Matchers matchers) {
        io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.Builder rbac = io.envoyproxy
                .envoy
                .extensions
                .filters
                .http
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setMatcher(matchers.enforced());
        matchers.shadow().ifPresent(rbac::setShadowMatcher);
        HttpConnectionManager.Builder manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(names.stats())
                .setCodecType(CodecType.AUTO)
                .setNormalizePath(BoolValue.of(true))
                .setMergeSlashes(true)
                .setPathWithEscapedSlashesAction(PathWithEscapedSlashesAction.REJECT_REQUEST)
                .setForwardClientCertDetails(ForwardClientCertDetails.SANITIZE_SET)
                .setSetCurrentClientCertDetails(
                        SetCurrentClientCertDetails.newBuilder().setUri(true))
                .setRouteConfig(routes(names))
                .addHttpFilters(NamedFilter.http("envoy.filters.http.rbac", rbac.build()))
                .addHttpFilters(NamedFilter.http("envoy.filters.http.router", Router.getDefaultInstance()));
        return NamedFilter.network("envoy.filters.network.http_connection_manager", manager.build());
    }

    /** Everything to the application; streams may last, so there is no timeout of ours. */
    private static RouteConfiguration routes(InboundNames names) {
        return RouteConfiguration.newBuilder()
                .setName(names.listener())
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName(names.cluster())
                        .addDomains("*")
                        .addRoutes(NamedFilter.toCluster(names.cluster())))
                .build();
    }

    /** Network RBAC decides at the caller's first byte, so the application is connected no earlier. */
    static List<Filter> tcp(InboundNames names, Matchers matchers) {
        io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.Builder rbac = io.envoyproxy
                .envoy
                .extensions
                .filters
                .network
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setStatPrefix(names.stats() + ".")
                .setMatcher(matchers.enforced());
        matchers.shadow().ifPresent(rbac::setShadowMatcher);
        TcpProxy proxy = TcpProxy.newBuilder()
                .setStatPrefix(names.stats())
                .setCluster(names.cluster())
                .build();
        return List.of(
                NamedFilter.network("envoy.filters.network.rbac", rbac.build()),
                NamedFilter.network(
                        "envoy.filters.network.tcp_proxy",
                        TcpProxyFields.connectingOnData(proxy, MAX_EARLY_DATA_BYTES)));
    }
}
