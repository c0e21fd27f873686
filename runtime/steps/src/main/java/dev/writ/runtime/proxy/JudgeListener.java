package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An emitted listener made fit to be judged by: bound to a free port of the loopback, with access logs, and on TCP with one more
 * network RBAC in front, whose shadow matcher is a copy of the enforced one, because that filter tells the name of a rule that
 * allows only as a shadow's. The filters that decide are not touched.
 */
final class JudgeListener {
    /** What stands before the results of the copy in the dynamic metadata. */
    static final String COPY_PREFIX = "writ_";

    private final Placement placement;
    private final Listener.Builder listener;
    private boolean http;
    private boolean classic;
    private @Nullable String shadowPrefix;

    JudgeListener(Listener emitted, Placement placement) {
        this.placement = placement;
        this.listener = emitted.toBuilder()
                .setName(placement.prefix() + emitted.getName())
                .setAddress(loopback(0))
                .addAccessLog(AccessLogFormat.of(AccessLogFormat.CONNECTION));
        for (FilterChain.Builder chain : listener.getFilterChainsBuilderList()) {
            rewrite(chain);
        }
    }

    Listener listener() {
        return listener.build();
    }

    JudgedInbound inbound() {
        return new JudgedInbound(
                listener.getName(), http, classic, shadowPrefix != null, shadowPrefix == null ? "" : shadowPrefix);
    }

    static Address loopback(int port) {
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder().setAddress("127.0.0.1").setPortValue(port))
                .build();
    }

    private void rewrite(FilterChain.Builder chain) {
        List<Filter> filters = new ArrayList<>();
        for (Filter filter : chain.getFiltersList()) {
            Any config = filter.getTypedConfig();
            if (config.is(HttpConnectionManager.class)) {
                filters.add(with(
                        filter, withAccessLog(placement.place(Packed.unpack(config, HttpConnectionManager.class)))));
            } else if (config.is(TcpProxy.class)) {
                filters.add(with(filter, placement.place(Packed.unpack(config, TcpProxy.class))));
            } else if (config.is(RBAC.class)) {
                RBAC enforced = Packed.unpack(config, RBAC.class);
                filters.add(copy(enforced));
                filters.add(filter);
                classic |= enforced.hasRules();
                if (enforced.hasShadowMatcher() || enforced.hasShadowRules()) {
                    shadowPrefix = enforced.getShadowRulesStatPrefix();
                }
            } else {
                filters.add(filter);
            }
        }
        chain.clearFilters().addAllFilters(filters);
        if (chain.hasTransportSocket()) {
            chain.setTransportSocket(placement.place(chain.getTransportSocket()));
        }
    }

    private static Filter with(Filter filter, Message config) {
        return filter.toBuilder().setTypedConfig(Any.pack(config)).build();
    }

    private HttpConnectionManager withAccessLog(HttpConnectionManager manager) {
        http = true;
        for (HttpFilter filter : manager.getHttpFiltersList()) {
            Any config = filter.getTypedConfig();
            if (config.is(io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.class)) {
                var rbac = Packed.unpack(config, io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.class);
                classic |= rbac.hasRules();
                if (rbac.hasShadowMatcher() || rbac.hasShadowRules()) {
                    shadowPrefix = rbac.getShadowRulesStatPrefix();
                }
            }
        }
        return manager.toBuilder()
                .addAccessLog(AccessLogFormat.of(AccessLogFormat.REQUEST))
                .build();
    }

    static Filter copy(RBAC enforced) {
        RBAC.Builder copy = RBAC.newBuilder()
                .setStatPrefix(COPY_PREFIX + enforced.getStatPrefix())
                .setShadowRulesStatPrefix(COPY_PREFIX)
                .setEnforcementType(enforced.getEnforcementType());
        if (enforced.hasMatcher()) {
            copy.setShadowMatcher(enforced.getMatcher());
        }
        if (enforced.hasRules()) {
            copy.setShadowRules(enforced.getRules());
        }
        return Filter.newBuilder()
                .setName("envoy.filters.network.rbac")
                .setTypedConfig(Any.pack(copy.build()))
                .build();
    }
}
