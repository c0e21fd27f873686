package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
import java.util.ArrayList;
import java.util.List;

/**
 * A fuzzed listener where Envoy can be asked: on a free port of the loopback, with access logs, a copy of the network RBAC as shadow
 * rules before it ({@link JudgeListener}), and the PROXY protocol, which says the addresses of a request.
 */
final class FuzzPlacement {
    static final String STUB = "stub";
    private static final String SERVER = "%DOWNSTREAM_DIRECT_LOCAL_ADDRESS%";
    private static final Address ADDRESS = JudgeListener.loopback(0);

    private FuzzPlacement() {}

    static Listener placed(Listener listener, String name, boolean proxied) {
        Listener.Builder placed = listener.toBuilder()
                .setName(name)
                .setAddress(ADDRESS)
                .addAccessLog(AccessLogFormat.of(AccessLogFormat.CONNECTION, SERVER));
        if (proxied) {
            placed.addListenerFilters(
                    0,
                    ListenerFilter.newBuilder()
                            .setName("envoy.filters.listener.proxy_protocol")
                            .setTypedConfig(Any.pack(ProxyProtocol.getDefaultInstance())));
        }
        List<FilterChain.Builder> chains = new ArrayList<>(placed.getFilterChainsBuilderList());
        if (placed.hasDefaultFilterChain()) {
            chains.add(placed.getDefaultFilterChainBuilder());
        }
        for (FilterChain.Builder chain : chains) {
            FilterChain emitted = chain.build();
            if (chain.getName().isEmpty() && !listener.hasFilterChainMatcher()) {
                // So that the log tells whether any chain has taken a connection.
                chain.setName("chain");
            }
            chain.clearFilters();
            for (Filter filter : emitted.getFiltersList()) {
                Any config = filter.getTypedConfig();
                if (config.is(RBAC.class)) {
                    chain.addFilters(JudgeListener.copy(Packed.unpack(config, RBAC.class)));
                    chain.addFilters(filter);
                } else if (config.is(HttpConnectionManager.class)) {
                    HttpConnectionManager manager = Packed.unpack(config, HttpConnectionManager.class).toBuilder()
                            .addAccessLog(AccessLogFormat.of(AccessLogFormat.REQUEST, SERVER))
                            .build();
                    chain.addFilters(filter.toBuilder().setTypedConfig(Any.pack(manager)));
                } else {
                    chain.addFilters(filter);
                }
            }
        }
        return placed.build();
    }
}
