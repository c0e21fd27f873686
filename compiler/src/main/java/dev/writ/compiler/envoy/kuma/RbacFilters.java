package dev.writ.compiler.envoy.kuma;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.writ.compiler.envoy.NamedFilter;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.RuleList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts RBAC on a filter chain, as Kuma does ({@code meshtrafficpermission/xds}): first among the HTTP filters of a chain that has a
 * connection manager, else first of all. Only chains with mutual TLS get it.
 */
final class RbacFilters {
    private static final String CONNECTION_MANAGER = "envoy.filters.network.http_connection_manager";

    private RbacFilters() {}

    /** The filters of a chain with the policy's RBAC among them. */
    static List<Filter> add(List<Filter> filters, InboundPolicy policy, String listener) {
        List<Filter> all = new ArrayList<>(filters);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).getName().equals(CONNECTION_MANAGER)) {
                all.set(i, withHttpRbac(all.get(i), policy));
                return all;
            }
        }
        all.add(0, networkRbac(policy, listener));
        return all;
    }

    /** Whether a rule asks for the server name, so that the listener needs a TLS inspector. */
    static boolean asksForServerName(InboundPolicy policy) {
        return asksForServerName(policy.enforced())
                || policy.shadow().filter(RbacFilters::asksForServerName).isPresent();
    }

    private static boolean asksForServerName(RuleList list) {
        return list.rules().stream()
                .flatMap(rule -> rule.conditions().stream())
                .anyMatch(condition -> condition instanceof Condition.Sni);
    }

    private static Filter withHttpRbac(Filter filter, InboundPolicy policy) {
        HttpConnectionManager manager = unpack(filter);
        HttpConnectionManager.Builder guarded = manager.toBuilder()
                .clearHttpFilters()
                .addHttpFilters(NamedFilter.http("envoy.filters.http.rbac", httpRbac(policy)))
                .addAllHttpFilters(manager.getHttpFiltersList());
        return filter.toBuilder().setTypedConfig(Any.pack(guarded.build())).build();
    }

    private static HttpConnectionManager unpack(Filter filter) {
        try {
            return filter.getTypedConfig().unpack(HttpConnectionManager.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a connection manager that is none", e);
        }
    }

    private static RBAC httpRbac(InboundPolicy policy) {
        RBAC.Builder rbac = RBAC.newBuilder();
        switch (policy.form()) {
            case MATCHER -> {
                rbac.setMatcher(RbacMatcher.of(policy.enforced()));
                policy.shadow().ifPresent(shadow -> rbac.setShadowMatcher(RbacMatcher.of(shadow)));
            }
            case PRINCIPALS -> {
                rbac.setRules(RbacPrincipals.of(policy.enforced()));
                policy.shadow().ifPresent(shadow -> rbac.setShadowRules(RbacPrincipals.of(shadow)));
            }
        }
        return rbac.build();
    }

    private static Filter networkRbac(InboundPolicy policy, String listener) {
        io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.Builder rbac = io.envoyproxy
                .envoy
                .extensions
                .filters
                .network
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setStatPrefix(statistics(listener) + ".");
        switch (policy.form()) {
            case MATCHER -> {
                rbac.setMatcher(RbacMatcher.of(policy.enforced()));
                policy.shadow().ifPresent(shadow -> rbac.setShadowMatcher(RbacMatcher.of(shadow)));
            }
            case PRINCIPALS -> {
                rbac.setRules(RbacPrincipals.of(policy.enforced()));
                policy.shadow().ifPresent(shadow -> rbac.setShadowRules(RbacPrincipals.of(shadow)));
            }
        }
        return NamedFilter.network("envoy.filters.network.rbac", rbac.build());
    }

    /** A name among statistics ({@code SanitizeMetric}): a dot or a colon would cut it. */
    private static String statistics(String name) {
        return name.replaceAll("[^a-zA-Z_\\-0-9]", "_");
    }
}
