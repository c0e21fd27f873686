package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import dev.writ.compiler.envoy.TcpProxyFields;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.util.Map;

/** Decodes network filters. */
final class NetworkFilterDecoder {
    private final Decoding decoding;
    private final HttpConnectionDecoder connections;
    private final RbacDecoder rbacs;

    NetworkFilterDecoder(Decoding decoding, Map<String, RouteConfiguration> routes) {
        this.decoding = decoding;
        this.connections = new HttpConnectionDecoder(decoding, routes);
        this.rbacs = new RbacDecoder(decoding, RbacDecoder.Layer.NETWORK);
    }

    NetworkFilter decode(Filter filter, String place) {
        Any config = filter.getTypedConfig();
        if (config.is(RBAC.class)) {
            return decoding.unpack(config, RBAC.class, place)
                    .<NetworkFilter>map(rbac -> new NetworkFilter.NetworkRbac(rbacs.decode(rbac, place)))
                    .orElseGet(() -> new Unmodelled("a broken RBAC filter"));
        }
        if (config.is(TcpProxy.class)) {
            return tcpProxy(config, place);
        }
        if (config.is(HttpConnectionManager.class)) {
            return decoding.unpack(config, HttpConnectionManager.class, place)
                    .map(manager -> connections.decode(manager, place))
                    .orElseGet(() -> new Unmodelled("a broken HTTP connection manager"));
        }
        return decoding.notModelled("the network filter", filter.getName(), config, place);
    }

    private static boolean holdsForever(Any config) throws InvalidProtocolBufferException {
        TcpProxy proxy = TcpProxy.parseFrom(config.getValue());
        return proxy.hasIdleTimeout()
                && Durations.toNanos(proxy.getIdleTimeout()) == 0
                && !proxy.hasMaxDownstreamConnectionDuration();
    }

    /** Newer Envoys have fields that the message's Java class lacks. */
    private NetworkFilter tcpProxy(Any config, String place) {
        try {
            Message proxy = TcpProxyFields.parse(config);
            decoding.requireKnown(proxy, place);
            return new NetworkFilter.TcpProxy(!TcpProxyFields.connectsOnData(proxy), holdsForever(config));
        } catch (InvalidProtocolBufferException e) {
            return decoding.refuse(place, "a broken TCP proxy");
        }
    }
}
