package dev.writ.compiler.envoy.config;

import java.util.List;

/** A filter on connections. */
public sealed interface NetworkFilter
        permits NetworkFilter.NetworkRbac, NetworkFilter.TcpProxy, NetworkFilter.HttpConnection, Unmodelled {

    record NetworkRbac(Rbac rbac) implements NetworkFilter {}

    /**
     * Terminal: forwards the connection.
     *
     * @param connectsAtOnce whether it connects to the upstream, and lets the caller read from it, before RBAC, which waits for the
     *     caller's first byte, has decided
     * @param holdsForever whether nothing ends a connection that both ends hold, however long it is silent
     */
    record TcpProxy(boolean connectsAtOnce, boolean holdsForever) implements NetworkFilter {}

    /** Terminal: an HTTP connection manager with its own filters. */
    record HttpConnection(PathHandling paths, HeaderHandling headers, RouteTable routes, List<HttpFilter> filters)
            implements NetworkFilter {
        public HttpConnection {
            filters = List.copyOf(filters);
        }

        /** One whose routes change no filter. */
        public HttpConnection(PathHandling paths, List<HttpFilter> filters) {
            this(paths, HeaderHandling.DEFAULT, RouteTable.NONE, filters);
        }
    }
}
