package dev.writ.runtime.proxy;

import static dev.writ.runtime.proxy.FuzzValues.any;
import static dev.writ.runtime.proxy.FuzzValues.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random listeners: TLS or none, network and HTTP RBAC, on the filter or by route. */
final class FuzzListeners {
    /** The name of an RBAC filter after another, whose evidence is then mixed with that of the other's. */
    static final String SECOND_RBAC = "second";

    private static final String LISTENER_FILTER = "envoy.extensions.filters.listener.";
    private static final String TLS_INSPECTOR = LISTENER_FILTER + "tls_inspector.v3.TlsInspector";
    private static final String HTTP_RBAC = "envoy.filters.http.rbac";

    private final FuzzValues values;
    private final FuzzAuthorities authorities;
    private final boolean proxied;
    private final boolean told;

    /**
     * @param proxied whether addresses are told by a filter that stands before the listener's own
     * @param told whether requests have headers of the PROXY protocol for a filter of the listener's own
     */
    FuzzListeners(FuzzValues values, FuzzAuthorities authorities, boolean proxied, boolean told) {
        this.told = told;
        this.values = values;
        this.authorities = authorities;
        this.proxied = proxied;
    }

    Map<String, Object> listener() {
        List<Object> chains = new ArrayList<>();
        Map<String, Object> listener =
                map("name", "fuzz", "address", map("socket_address", map("address", "0.0.0.0", "port_value", 0)));
        boolean inspector = values.below(4) > 0;
        List<Object> filters = filters(inspector);
        if (!filters.isEmpty()) {
            listener.put("listener_filters", filters);
        }
        boolean tls = values.isNarrow() || values.below(6) > 0;
        if (!values.isNarrow() && values.oneIn(6)) {
            named(tls, listener).forEach(chains::add);
        } else if (tls && inspector && values.oneIn(6)) {
            Map<String, Object> plain = chain(false);
            plain.put("filter_chain_match", map("transport_protocol", "raw_buffer"));
            chains.add(plain);
            Map<String, Object> secured = chain(true);
            secured.put("filter_chain_match", map("transport_protocol", "tls"));
            chains.add(secured);
        } else if (inspector && !values.isNarrow() && values.oneIn(5)) {
            chosen(tls).forEach(chains::add);
        } else {
            chains.add(chain(tls));
        }
        listener.put("filter_chains", chains);
        return listener;
    }

    private List<Object> filters(boolean inspector) {
        List<Object> filters = new ArrayList<>();
        if (told && values.below(8) > 0) {
            Map<String, Object> proxy = any(LISTENER_FILTER + "proxy_protocol.v3.ProxyProtocol");
            if (values.oneIn(3)) {
                proxy.put("allow_requests_without_proxy_protocol", true);
            }
            if (values.oneIn(6)) {
                proxy.put("disallowed_versions", List.of(values.pick(List.of("V1", "V2"))));
            }
            filters.add(filter("proxy_protocol", proxy));
        }
        if (inspector) {
            filters.add(values.below(filters.size() + 1), filter("tls", any(TLS_INSPECTOR)));
        }
        if (!values.isNarrow() && values.oneIn(5)) {
            filters.add(
                    values.below(filters.size() + 1),
                    filter("http", any(LISTENER_FILTER + "http_inspector.v3.HttpInspector")));
        }
        if (!values.isNarrow() && values.oneIn(10)) {
            filters.add(filter("original_dst", any(LISTENER_FILTER + "original_dst.v3.OriginalDst")));
        }
        return filters;
    }

    private Map<String, Object> filter(String name, Map<String, Object> config) {
        Map<String, Object> filter = map("name", name, "typed_config", config);
        if (!values.isNarrow() && values.oneIn(16)) {
            filter.put("filter_disabled", ports(2));
        }
        return filter;
    }

    private Map<String, Object> ports(int depth) {
        return switch (values.below(depth > 0 ? 5 : 2)) {
            case 0 -> {
                int port = values.pick(FuzzValues.PORTS);
                yield map("destination_port_range", map("start", port, "end", port + 1 + values.below(9_000)));
            }
            case 1 -> map("any_match", true);
            case 2 -> map("not_match", ports(depth - 1));
            case 3 -> map("or_match", map("rules", List.of(ports(depth - 1), ports(depth - 1))));
            default -> map("and_match", map("rules", List.of(ports(depth - 1), ports(depth - 1))));
        };
    }

    /** Several chains, of which a matcher of the listener names one; their own matches then say nothing. */
    private List<Map<String, Object>> named(boolean tls, Map<String, Object> listener) {
        List<Map<String, Object>> chains = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int count = 1 + values.below(3);
        for (int i = 0; i < count; i++) {
            names.add("c" + i);
            Map<String, Object> chain = chain(tls && values.below(4) > 0);
            chain.put("name", "c" + i);
            if (values.oneIn(4)) {
                chain.put("filter_chain_match", map("server_names", List.of("*.shop.example")));
            }
            chains.add(chain);
        }
        if (values.oneIn(6)) {
            names.add("nobody");
        }
        listener.put(
                "filter_chain_matcher",
                FuzzMatchers.ofChains(values, proxied, names).matcher(2));
        if (values.below(3) > 0) {
            Map<String, Object> others = chain(tls && values.oneIn(2));
            others.put("name", "others");
            listener.put("default_filter_chain", others);
        }
        return chains;
    }

    /** Several chains, of which one takes a connection by whatever can tell them apart; sometimes one for all others. */
    private List<Map<String, Object>> chosen(boolean tls) {
        List<Map<String, Object>> matches = new ArrayList<>(List.of(
                map("server_names", List.of("web.shop.example")),
                map("server_names", List.of("*.shop.example", "shop.example")),
                map("server_names", List.of("*.example"), "application_protocols", List.of("kuma")),
                map("application_protocols", List.of("kuma")),
                map("application_protocols", List.of("h2")),
                map("transport_protocol", "tls", "application_protocols", List.of("kuma")),
                map("transport_protocol", "raw_buffer")));
        if (values.oneIn(2)) {
            matches.add(map("source_type", values.pick(List.of("SAME_IP_OR_LOOPBACK", "EXTERNAL"))));
        }
        if (proxied) {
            matches.add(map("source_prefix_ranges", List.of(values.cidr(FuzzValues.IPS_V4))));
            matches.add(map("source_prefix_ranges", List.of(values.cidr(FuzzValues.IPS_V6))));
            matches.add(map("prefix_ranges", List.of(values.cidr(FuzzValues.IPS_V4))));
            matches.add(map("prefix_ranges", List.of(values.cidr(FuzzValues.IPS_V6))));
            matches.add(map("destination_port", values.pick(FuzzValues.PORTS)));
            matches.add(map("source_ports", List.of(values.pick(FuzzValues.SOURCE_PORTS))));
        }
        List<Map<String, Object>> chosen = new ArrayList<>();
        int count = 1 + values.below(3);
        for (int i = 0; i < count; i++) {
            Map<String, Object> match = matches.remove(values.below(matches.size()));
            Map<String, Object> chain = chain(tls && !"raw_buffer".equals(match.get("transport_protocol")));
            chain.put("filter_chain_match", match);
            chosen.add(chain);
        }
        if (values.below(6) > 0) {
            chosen.add(chain(tls));
        }
        return chosen;
    }

    private Map<String, Object> chain(boolean tls) {
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
        if (tls) {
            chain.put("transport_socket", map("name", "envoy.transport_sockets.tls", "typed_config", tlsContext()));
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

    private Map<String, Object> tlsContext() {
        Map<String, Object> common = map(
                "tls_certificates",
                List.of(map(
                        "certificate_chain", map("inline_string", authorities.calleeChain()),
                        "private_key", map("inline_string", authorities.calleeKey()))));
        if (values.isNarrow() || values.below(12) > 0) {
            common.put("validation_context", validation());
        }
        return any(
                "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
                "common_tls_context",
                common,
                "require_client_certificate",
                values.isNarrow() || values.oneIn(2));
    }

    private Map<String, Object> validation() {
        Map<String, Object> context = map();
        if (values.below(3) > 0) {
            context.put("trusted_ca", map("inline_string", bundle(FuzzAuthorities.SHOP)));
            if (!values.isNarrow() && values.oneIn(6)) {
                context.put("trust_chain_verification", "ACCEPT_UNTRUSTED");
            }
        } else {
            context.put(
                    "custom_validator_config",
                    map(
                            "name",
                            "envoy.tls.cert_validator.spiffe",
                            "typed_config",
                            any(
                                    "envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig",
                                    "trust_domains",
                                    trustDomains())));
        }
        if (values.oneIn(8)) {
            context.put(
                    "match_typed_subject_alt_names",
                    values.some(
                            1,
                            2,
                            () -> values.oneIn(3)
                                    ? map("san_type", "DNS", "matcher", values.text(FuzzValues.DNS_NAMES))
                                    : map(
                                            "san_type",
                                            "URI",
                                            "matcher",
                                            map(
                                                    "prefix",
                                                    "spiffe://"
                                                            + values.pick(List.of("", "shop", "shop.example/ns/a"))))));
        }
        if (values.oneIn(8)) {
            context.put("allow_expired_certificate", true);
        }
        return context;
    }

    private List<Map<String, Object>> trustDomains() {
        List<Map<String, Object>> domains = new ArrayList<>();
        domains.add(
                map("name", FuzzAuthorities.SHOP, "trust_bundle", map("inline_string", bundle(FuzzAuthorities.SHOP))));
        if (values.below(3) > 0) {
            domains.add(map(
                    "name",
                    FuzzAuthorities.PARTNER,
                    "trust_bundle",
                    map("inline_string", bundle(FuzzAuthorities.PARTNER))));
        }
        return domains;
    }

    private String bundle(String trustDomain) {
        return authorities.bundle(trustDomain);
    }
}
