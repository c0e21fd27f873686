package dev.writ.runtime.proxy;

import static dev.writ.runtime.proxy.FuzzValues.any;
import static dev.writ.runtime.proxy.FuzzValues.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random listeners: their own filters, and chains chosen by their matches or by a matcher. */
final class FuzzListeners {
    private static final String LISTENER_FILTER = "envoy.extensions.filters.listener.";
    private static final String TLS_INSPECTOR = LISTENER_FILTER + "tls_inspector.v3.TlsInspector";

    private final FuzzValues values;
    private final FuzzChains chains;
    private final boolean proxied;
    private final boolean told;

    /**
     * @param proxied whether addresses are told by a filter that stands before the listener's own
     * @param told whether requests have headers of the PROXY protocol for a filter of the listener's own
     */
    FuzzListeners(FuzzValues values, FuzzAuthorities authorities, boolean proxied, boolean told) {
        this.told = told;
        this.values = values;
        this.chains = new FuzzChains(values, authorities, proxied);
        this.proxied = proxied;
    }

    Map<String, Object> listener() {
        List<Object> made = new ArrayList<>();
        Map<String, Object> listener =
                map("name", "fuzz", "address", map("socket_address", map("address", "0.0.0.0", "port_value", 0)));
        boolean inspector = values.below(4) > 0;
        List<Object> filters = filters(inspector);
        if (!filters.isEmpty()) {
            listener.put("listener_filters", filters);
        }
        boolean tls = values.isNarrow() || values.below(6) > 0;
        if (!values.isNarrow() && values.oneIn(6)) {
            named(tls, listener).forEach(made::add);
        } else if (tls && inspector && values.oneIn(6)) {
            Map<String, Object> plain = chains.chain(false);
            plain.put("filter_chain_match", map("transport_protocol", "raw_buffer"));
            made.add(plain);
            Map<String, Object> secured = chains.chain(true);
            secured.put("filter_chain_match", map("transport_protocol", "tls"));
            made.add(secured);
        } else if (inspector && !values.isNarrow() && values.oneIn(5)) {
            chosen(tls).forEach(made::add);
        } else {
            made.add(chains.chain(tls));
        }
        listener.put("filter_chains", made);
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
        List<Map<String, Object>> made = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int count = 1 + values.below(3);
        for (int i = 0; i < count; i++) {
            names.add("c" + i);
            Map<String, Object> chain = chains.chain(tls && values.below(4) > 0);
            chain.put("name", "c" + i);
            if (values.oneIn(4)) {
                chain.put("filter_chain_match", map("server_names", List.of("*.shop.example")));
            }
            made.add(chain);
        }
        if (values.oneIn(6)) {
            names.add("nobody");
        }
        listener.put(
                "filter_chain_matcher",
                FuzzMatchers.ofChains(values, proxied, names).matcher(2));
        if (values.below(3) > 0) {
            Map<String, Object> others = chains.chain(tls && values.oneIn(2));
            others.put("name", "others");
            listener.put("default_filter_chain", others);
        }
        return made;
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
            Map<String, Object> chain = chains.chain(tls && !"raw_buffer".equals(match.get("transport_protocol")));
            chain.put("filter_chain_match", match);
            chosen.add(chain);
        }
        if (values.below(6) > 0) {
            chosen.add(chains.chain(tls));
        }
        return chosen;
    }
}
