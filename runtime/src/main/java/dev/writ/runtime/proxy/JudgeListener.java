package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
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

    private final Listener.Builder listener;
    private boolean http;
    private @Nullable String shadowPrefix;

    JudgeListener(Listener emitted, String name) {
        this.listener = emitted.toBuilder()
                .setName(name)
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
                listener.getName(), http, shadowPrefix != null, shadowPrefix == null ? "" : shadowPrefix);
    }

    static Address.Builder loopback(int port) {
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder().setAddress("127.0.0.1").setPortValue(port));
    }

    private void rewrite(FilterChain.Builder chain) {
        List<Filter> filters = new ArrayList<>();
        for (Filter filter : chain.getFiltersList()) {
            Any config = filter.getTypedConfig();
            if (config.is(HttpConnectionManager.class)) {
                filters.add(filter.toBuilder()
                        .setTypedConfig(Any.pack(withAccessLog(unpack(config, HttpConnectionManager.class))))
                        .build());
            } else if (config.is(RBAC.class)) {
                RBAC enforced = unpack(config, RBAC.class);
                filters.add(copy(enforced));
                filters.add(filter);
                if (enforced.hasShadowMatcher() || enforced.hasShadowRules()) {
                    shadowPrefix = enforced.getShadowRulesStatPrefix();
                }
            } else {
                filters.add(filter);
            }
        }
        chain.clearFilters().addAllFilters(filters);
    }

    private HttpConnectionManager withAccessLog(HttpConnectionManager manager) {
        http = true;
        for (HttpFilter filter : manager.getHttpFiltersList()) {
            Any config = filter.getTypedConfig();
            if (config.is(io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.class)) {
                var rbac = unpack(config, io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.class);
                if (rbac.hasShadowMatcher() || rbac.hasShadowRules()) {
                    shadowPrefix = rbac.getShadowRulesStatPrefix();
                }
            }
        }
        return manager.toBuilder()
                .addAccessLog(AccessLogFormat.of(AccessLogFormat.REQUEST))
                .build();
    }

    private static Filter copy(RBAC enforced) {
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

    static <M extends Message> M unpack(Any packed, Class<M> type) {
        try {
            return packed.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a config that does not hold the message it names", e);
        }
    }
}
