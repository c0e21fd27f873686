package dev.writ.runtime.proxy;

import static dev.writ.runtime.proxy.FuzzValues.any;
import static dev.writ.runtime.proxy.FuzzValues.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random filter chains: network and HTTP RBAC, on the filter or by route. */
final class FuzzChains {
    /** The name of an RBAC filter after another, whose evidence is then mixed with that of the other's. */
    static final String SECOND_RBAC = "second";

    private static final String HTTP_RBAC = "envoy.filters.http.rbac";

    private final FuzzValues values;
    private final FuzzTls tls;
    private final boolean proxied;

    FuzzChains(FuzzValues values, FuzzAuthorities authorities, boolean proxied) {
        this.values = values;
        this.tls = new FuzzTls(values, authorities);
        this.proxied = proxied;
    }

    Map<String, Object> chain(boolean secured) {
        List<Object> filters = new ArrayList<>();
        int shape = values.below(10);
        boolean network = shape < 4;
        if (network) {
            filters.add(map(
                    "name",
                    "envoy.filters.network.rbac",
                    "typed_config",
                    rbac("envoy.extensions.filters.network.rbac.v3.RBAC", false, "stat_prefix", "network")));
        }
        filters.add(shape < 2 ? tcpProxy() : connectionManager(!network || values.oneIn(3)));
        Map<String, Object> chain = map("filters", filters);
        if (secured) {
            chain.put("transport_socket", map("name", "envoy.transport_sockets.tls", "typed_config", tls.context()));
        }
        return chain;
    }

    private Map<String, Object> rbac(String type, boolean http, Object... more) {
        Map<String, Object> rbac = any(type, more);
        rbac.putAll(decision(http, ""));
        if (values.oneIn(4)) {
            rbac.putAll(decision(http, "shadow_"));
        }
        return rbac;
    }

    private Map<String, Object> decision(boolean http, String prefix) {
        int kind = values.below(40);
        if (kind == 0) {
            return map();
        }
        return kind < 20
                ? map(prefix + "rules", new FuzzPolicies(values, http, proxied).rules())
                : map(prefix + "matcher", new FuzzMatchers(values, http, proxied).matcher(2));
    }

    private static Map<String, Object> tcpProxy() {
        return map(
                "name",
                "envoy.filters.network.tcp_proxy",
                "typed_config",
                any(
                        "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
                        "stat_prefix",
                        "tcp",
                        "cluster",
                        FuzzPlacement.STUB));
    }

    private Map<String, Object> connectionManager(boolean rbac) {
        boolean byRoute = rbac && !values.isNarrow() && values.oneIn(3);
        List<Object> filters = new ArrayList<>();
        if (rbac) {
            Map<String, Object> config = byRoute && values.oneIn(2)
                    ? any("envoy.extensions.filters.http.rbac.v3.RBAC")
                    : rbac("envoy.extensions.filters.http.rbac.v3.RBAC", true);
            filters.add(map("name", HTTP_RBAC, "typed_config", config));
            if (values.oneIn(4)) {
                Map<String, Object> second = any("envoy.extensions.filters.http.rbac.v3.RBAC");
                second.putAll(decision(true, ""));
                filters.add(map("name", SECOND_RBAC, "typed_config", second));
            }
        }
        filters.add(map(
                "name",
                "envoy.filters.http.router",
                "typed_config",
                any("envoy.extensions.filters.http.router.v3.Router")));
        Map<String, Object> manager = any(
                "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                "stat_prefix",
                "http",
                "route_config",
                map("name", "routes", "virtual_hosts", hosts(byRoute)),
                "http_filters",
                filters);
        if (values.oneIn(2)) {
            manager.put("normalize_path", values.below(3) > 0);
        }
        if (values.oneIn(3)) {
            manager.put("merge_slashes", true);
        }
        if (values.oneIn(3)) {
            manager.put(
                    "path_with_escaped_slashes_action",
                    values.pick(List.of(
                            "KEEP_UNCHANGED", "REJECT_REQUEST", "UNESCAPE_AND_REDIRECT", "UNESCAPE_AND_FORWARD")));
        }
        if (values.oneIn(3)) {
            manager.put("use_remote_address", values.oneIn(2));
            manager.put("xff_num_trusted_hops", values.below(3));
        }
        if (values.oneIn(6)) {
            manager.put(values.pick(List.of("strip_any_host_port", "strip_matching_host_port")), true);
        }
        if (values.oneIn(6)) {
            manager.put(
                    "common_http_protocol_options",
                    map(
                            "headers_with_underscores_action",
                            values.pick(List.of("ALLOW", "REJECT_REQUEST", "DROP_HEADER"))));
        }
        return map("name", "envoy.filters.network.http_connection_manager", "typed_config", manager);
    }

    private List<Map<String, Object>> hosts(boolean byRoute) {
        List<Map<String, Object>> hosts = new ArrayList<>();
        if (byRoute && values.oneIn(2)) {
            hosts.add(host(
                    "named",
                    List.of("shop.example", values.pick(List.of("*.shop.example", "shop.*", "db.shop.example"))),
                    true));
        }
        hosts.add(host("all", List.of("*"), byRoute));
        return hosts;
    }

    private Map<String, Object> host(String name, List<String> domains, boolean byRoute) {
        List<Object> routes = new ArrayList<>();
        if (byRoute) {
            int count = values.below(3);
            for (int i = 0; i < count; i++) {
                routes.add(route(routeMatch(), true));
            }
        }
        routes.add(route(map("prefix", "/"), byRoute && values.oneIn(2)));
        Map<String, Object> host = map("name", name, "domains", domains, "routes", routes);
        if (byRoute && values.oneIn(3)) {
            host.put("typed_per_filter_config", map(HTTP_RBAC, perRoute()));
        }
        return host;
    }

    private Map<String, Object> route(Map<String, Object> match, boolean override) {
        Map<String, Object> route = map("match", match, "direct_response", map("status", 200));
        if (override) {
            route.put("typed_per_filter_config", map(HTTP_RBAC, perRoute()));
        }
        return route;
    }

    private Map<String, Object> routeMatch() {
        Map<String, Object> match = switch (values.below(4)) {
            case 0 -> map("path", "/api");
            case 1 -> map("safe_regex", values.regex("/api"));
            case 2 -> map("path_separated_prefix", "/api");
            default -> map("prefix", values.pick(List.of("/api", "/a", "/api/")));
        };
        if (values.oneIn(4)) {
            match.put("headers", List.of(new FuzzPolicies(values, true, proxied).header()));
        }
        if (values.oneIn(5) && !match.containsKey("safe_regex")) {
            match.put("case_sensitive", false);
        }
        return match;
    }

    private Map<String, Object> perRoute() {
        if (values.oneIn(6)) {
            return any("envoy.config.route.v3.FilterConfig", "disabled", true);
        }
        Map<String, Object> rbac = rbac("unused", true);
        rbac.remove("@type");
        return values.oneIn(8)
                ? any("envoy.extensions.filters.http.rbac.v3.RBACPerRoute")
                : any("envoy.extensions.filters.http.rbac.v3.RBACPerRoute", "rbac", rbac);
    }
}
