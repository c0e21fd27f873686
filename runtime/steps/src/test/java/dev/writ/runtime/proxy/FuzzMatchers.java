package dev.writ.runtime.proxy;

import static dev.writ.runtime.proxy.FuzzValues.any;
import static dev.writ.runtime.proxy.FuzzValues.extension;
import static dev.writ.runtime.proxy.FuzzValues.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random matchers of the matcher API, of all that RBAC takes, or a listener that chooses a filter chain by one. */
final class FuzzMatchers {
    private static final String NETWORK = "envoy.extensions.matching.common_inputs.network.v3.";
    private static final String SSL = "envoy.extensions.matching.common_inputs.ssl.v3.";

    private final FuzzValues values;
    private final FuzzPolicies policies;
    private final boolean http;
    private final boolean proxied;
    private final List<String> chains;
    private int actions;

    FuzzMatchers(FuzzValues values, boolean http, boolean proxied) {
        this(values, http, proxied, List.of());
    }

    /** One that names filter chains. */
    static FuzzMatchers ofChains(FuzzValues values, boolean proxied, List<String> chains) {
        return new FuzzMatchers(values, false, proxied, chains);
    }

    private FuzzMatchers(FuzzValues values, boolean http, boolean proxied, List<String> chains) {
        this.values = values;
        this.policies = new FuzzPolicies(values, http, proxied);
        this.http = http;
        this.proxied = proxied;
        this.chains = chains;
    }

    /** An input and what may stand in it. */
    private record Input(Map<String, Object> config, List<String> about, boolean address) {}

    Map<String, Object> matcher(int depth) {
        Map<String, Object> matcher = map();
        int kind = values.below(20);
        if (kind < 9) {
            matcher.put(
                    "matcher_list",
                    map(
                            "matchers",
                            values.some(1, 3, () -> map("predicate", predicate(2), "on_match", onMatch(depth)))));
        } else if (kind < 19) {
            matcher.put("matcher_tree", tree(depth));
        }
        if (kind == 19 || values.below(4) > 0) {
            matcher.put("on_no_match", onMatch(depth));
        }
        return matcher;
    }

    private Map<String, Object> onMatch(int depth) {
        Map<String, Object> onMatch =
                depth > 0 && values.oneIn(4) ? map("matcher", matcher(depth - 1)) : map("action", action());
        return onMatch;
    }

    private Map<String, Object> action() {
        if (!chains.isEmpty()) {
            return extension("chain", any("google.protobuf.StringValue", "value", values.pick(chains)));
        }
        String action = values.pick(List.of("ALLOW", "ALLOW", "ALLOW", "ALLOW", "DENY", "DENY", "LOG"));
        return extension(
                "envoy.filters.rbac.action",
                any("envoy.config.rbac.v3.Action", "name", "r" + actions++, "action", action));
    }

    private Map<String, Object> tree(int depth) {
        Input input = values.isNarrow() ? input("uri_san", SSL + "UriSanInput", FuzzValues.IDS) : input();
        Map<String, Object> tree = map("input", input.config());
        int kind = values.isNarrow() ? 3 + values.below(7) : values.below(input.address() ? 6 : 10);
        if (kind < 3) {
            if (input.address()) {
                tree.put(
                        "custom_match",
                        extension(
                                "ip",
                                any(
                                        "xds.type.matcher.v3.IPMatcher",
                                        "range_matchers",
                                        values.some(1, 3, () -> ranges(depth)))));
            } else {
                tree.put(
                        "custom_match",
                        extension(
                                "domains",
                                any("xds.type.matcher.v3.ServerNameMatcher", "domain_matchers", domains(depth))));
            }
        } else {
            Map<String, Object> entries = new LinkedHashMap<>();
            boolean exact = kind % 2 == 0;
            int count = 1 + values.below(4);
            for (int i = 0; i < count; i++) {
                String text = values.pick(input.about());
                entries.put(exact ? text : text.substring(0, values.below(text.length() + 1)), onMatch(depth));
            }
            tree.put(exact ? "exact_match_map" : "prefix_match_map", map("map", entries));
        }
        return tree;
    }

    private Map<String, Object> ranges(int depth) {
        Map<String, Object> ranges =
                map("ranges", values.some(1, 2, () -> values.cidr(policies.sources())), "on_match", onMatch(depth));
        if (values.oneIn(3)) {
            ranges.put("exclusive", true);
        }
        return ranges;
    }

    private List<Map<String, Object>> domains(int depth) {
        List<String> left = new ArrayList<>(
                List.of("web.shop.example", "*.shop.example", "shop.example", "*.example", "*", "db.shop.example"));
        List<Map<String, Object>> matchers = new ArrayList<>();
        int count = 1 + values.below(3);
        for (int i = 0; i < count; i++) {
            matchers.add(map("domains", List.of(left.remove(values.below(left.size()))), "on_match", onMatch(depth)));
        }
        return matchers;
    }

    private Map<String, Object> predicate(int depth) {
        return switch (depth == 0 ? 0 : values.below(9)) {
            case 6 -> map("and_matcher", map("predicate", values.some(2, 3, () -> predicate(depth - 1))));
            case 7 -> map("or_matcher", map("predicate", values.some(2, 3, () -> predicate(depth - 1))));
            case 8 -> map("not_matcher", predicate(depth - 1));
            default -> map("single_predicate", single());
        };
    }

    private Map<String, Object> single() {
        Input input = input();
        Map<String, Object> single = map("input", input.config());
        if (input.address() && values.oneIn(2)) {
            single.put(
                    "custom_match",
                    extension(
                            "ip",
                            any(
                                    "envoy.extensions.matching.input_matchers.ip.v3.Ip",
                                    "cidr_ranges",
                                    values.some(1, 2, () -> values.cidr(policies.sources())),
                                    "stat_prefix",
                                    "ip")));
        } else {
            single.put("value_match", values.text(input.about()));
        }
        return single;
    }

    private Input input() {
        List<String> ports = FuzzValues.PORTS.stream().map(String::valueOf).toList();
        List<String> sourcePorts =
                FuzzValues.SOURCE_PORTS.stream().map(String::valueOf).toList();
        if (values.isNarrow()) {
            return switch (values.below(http ? 8 : 6)) {
                case 4 -> input("server_name", NETWORK + "ServerNameInput", FuzzValues.SERVER_NAMES);
                case 5 -> input("destination_port", NETWORK + "DestinationPortInput", ports);
                case 6, 7 -> header(values.pick(List.of(":method", ":path")));
                default -> input("uri_san", SSL + "UriSanInput", FuzzValues.IDS);
            };
        }
        if (!chains.isEmpty() && values.oneIn(2)) {
            return ofListener();
        }
        int kinds = http ? 17 : 13;
        return switch (values.below(kinds)) {
            case 0, 1, 2 -> input("uri_san", SSL + "UriSanInput", FuzzValues.IDS);
            case 3 -> input("dns_san", SSL + "DnsSanInput", FuzzValues.DNS_NAMES);
            case 4 -> input("subject", SSL + "SubjectInput", FuzzValues.SUBJECTS);
            case 5 -> input("server_name", NETWORK + "ServerNameInput", FuzzValues.SERVER_NAMES);
            case 6 -> address("DestinationIPInput");
            case 7 -> input("destination_port", NETWORK + "DestinationPortInput", ports);
            case 8, 9 -> address("SourceIPInput");
            case 10 -> address(proxied ? "SourceIPInput" : "DirectSourceIPInput");
            case 11 -> input("source_port", NETWORK + "SourcePortInput", sourcePorts);
            case 12 ->
                values.oneIn(3) && (chains.isEmpty() || values.oneIn(4))
                        ? unjudged()
                        : input("uri_san", SSL + "UriSanInput", FuzzValues.IDS);
            default ->
                header(values.pick(List.of("x-role", "x-env", "x-n", ":method", ":path", ":authority", "X-Role")));
        };
    }

    /** What RBAC does not take. */
    private Input ofListener() {
        return switch (values.below(4)) {
            case 0 -> input("source_type", NETWORK + "SourceTypeInput", List.of("local", "loc", "external"));
            case 1 ->
                input("transport", NETWORK + "TransportProtocolInput", List.of("tls", "tls", "raw_buffer", "raw"));
            case 2 -> input("server_name", NETWORK + "ServerNameInput", FuzzValues.SERVER_NAMES);
            default ->
                input(
                        "protocols",
                        NETWORK + "ApplicationProtocolInput",
                        List.of("'kuma'", "'h2','http/1.1'", "'kuma','h2'", "'http/1.1'", "kuma"));
        };
    }

    private Input header(String name) {
        return new Input(
                extension("header", any("envoy.type.matcher.v3.HttpRequestHeaderMatchInput", "header_name", name)),
                FuzzPolicies.about(name),
                false);
    }

    private Input unjudged() {
        return http && values.oneIn(2)
                ? new Input(
                        extension(
                                "metadata",
                                any(NETWORK + "DynamicMetadataInput", "filter", "f", "path", List.of(map("key", "k")))),
                        List.of("v"),
                        false)
                : new Input(extension("state", any(NETWORK + "FilterStateInput", "key", "k")), List.of("v"), false);
    }

    private Input address(String type) {
        return new Input(extension("address", any(NETWORK + type)), policies.sources(), true);
    }

    private static Input input(String name, String type, List<String> about) {
        return new Input(extension(name, any(type)), about, false);
    }
}
