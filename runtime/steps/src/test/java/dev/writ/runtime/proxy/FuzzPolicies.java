package dev.writ.runtime.proxy;

import static dev.writ.runtime.proxy.FuzzValues.any;
import static dev.writ.runtime.proxy.FuzzValues.extension;
import static dev.writ.runtime.proxy.FuzzValues.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random classic RBAC rules: every kind of permission and principal. */
final class FuzzPolicies {
    private static final List<String> TEMPLATES =
            List.of("/api/*", "/**", "/api/{v}", "/{a=*}/v1", "/a/{rest=**}", "/*/*", "/api/v1", "/{x}");
    /** Envoy takes text around a variable, and puts an asterisk in a text into its regular expression as it is. */
    private static final List<String> ODD_TEMPLATES = List.of(
            "/a*b",
            "/*i",
            "/**1",
            "/ap*i",
            "/a{x}",
            "/{x}i/v1",
            "/{x}i*",
            "/{x=ap}*",
            "/a**b",
            "/**/v1",
            "/{x=**}/v1",
            "/{r=**}*",
            "/a/**b",
            "/{x=a/*}c",
            "/api/",
            "/a{x}/{y}1",
            "/(*",
            "/*b*");

    private static final String CEL = "metadata and CEL cannot be judged offline";

    private final FuzzValues values;
    private final boolean http;
    private final boolean proxied;

    /** @param proxied whether addresses come by the PROXY protocol, which leaves the connection's own as it is */
    FuzzPolicies(FuzzValues values, boolean http, boolean proxied) {
        this.values = values;
        this.http = http;
        this.proxied = proxied;
    }

    Map<String, Object> rules() {
        Map<String, Object> policies = new LinkedHashMap<>();
        int count = values.below(4) + (values.oneIn(12) ? 0 : 1);
        for (int i = 0; i < count; i++) {
            Map<String, Object> policy = map(
                    "permissions", values.some(1, 2, () -> permission(2)),
                    "principals", values.some(1, 2, () -> principal(2)));
            if (!values.isNarrow() && values.oneIn(60)) {
                policy.put("condition", map("const_expr", map("bool_value", values.oneIn(2))));
            }
            policies.put(values.pick(List.of("p", "P", "a b", "ns/x", "ü")) + i, policy);
        }
        return map("action", values.pick(List.of("ALLOW", "ALLOW", "DENY", "DENY", "LOG")), "policies", policies);
    }

    Map<String, Object> permission(int depth) {
        if (values.isNarrow()) {
            return narrowPermission(depth);
        }
        return switch (values.below(depth > 0 ? 15 : 11)) {
            case 0 -> map("any", true);
            case 1 -> http || values.oneIn(40) ? map("header", header()) : port();
            case 2 -> map("url_path", map("path", values.text(FuzzValues.PATHS)));
            case 3 -> map("destination_ip", values.cidr(addresses()));
            case 4 -> port();
            case 5 -> map("destination_port_range", range());
            case 6 -> map("requested_server_name", values.text(serverNames()));
            case 7 -> map("uri_template", template());
            case 8 -> values.oneIn(6) ? map("metadata", metadata()) : port();
            case 9 -> http ? map("header", header()) : map("requested_server_name", values.text(serverNames()));
            case 10 ->
                values.oneIn(8) ? map("sourced_metadata", map("metadata_matcher", metadata())) : map("any", true);
            case 11, 12 -> map("and_rules", map("rules", values.some(1, 3, () -> permission(depth - 1))));
            case 13 -> map("or_rules", map("rules", values.some(1, 3, () -> permission(depth - 1))));
            default -> map("not_rule", permission(depth - 1));
        };
    }

    private Map<String, Object> narrowPermission(int depth) {
        return switch (values.below(depth > 0 ? 10 : 7)) {
            case 0, 1 -> map("any", true);
            case 2 -> map("requested_server_name", values.text(serverNames()));
            case 3 -> port();
            case 4 -> map("destination_port_range", range());
            case 5, 6 -> map("url_path", map("path", values.text(FuzzValues.PATHS)));
            case 7 -> map("and_rules", map("rules", values.some(1, 3, () -> permission(depth - 1))));
            case 8 -> map("or_rules", map("rules", values.some(1, 3, () -> permission(depth - 1))));
            default -> map("not_rule", permission(depth - 1));
        };
    }

    private Map<String, Object> narrowPrincipal(int depth) {
        return switch (values.below(depth > 0 ? 10 : 7)) {
            case 0 -> map("any", true);
            case 1 -> map("authenticated", map());
            case 2 -> map("url_path", map("path", values.text(FuzzValues.PATHS)));
            case 7 -> map("and_ids", map("ids", values.some(1, 3, () -> principal(depth - 1))));
            case 8 -> map("or_ids", map("ids", values.some(1, 3, () -> principal(depth - 1))));
            case 9 -> map("not_id", principal(depth - 1));
            default -> map("authenticated", map("principal_name", values.text(FuzzValues.IDS)));
        };
    }

    Map<String, Object> principal(int depth) {
        if (values.isNarrow()) {
            return narrowPrincipal(depth);
        }
        return switch (values.below(depth > 0 ? 18 : 14)) {
            case 0 -> map("any", true);
            case 1 -> map("authenticated", map());
            case 2, 3, 4, 5 -> map("authenticated", map("principal_name", name()));
            case 6 -> map("source_ip", values.cidr(sources()));
            case 7 ->
                proxied ? map("remote_ip", values.cidr(sources())) : map("direct_remote_ip", values.cidr(sources()));
            case 8 -> map("remote_ip", values.cidr(sources()));
            case 9 -> http || values.oneIn(40) ? map("header", header()) : map("authenticated", map());
            case 10 -> map("url_path", map("path", values.text(FuzzValues.PATHS)));
            case 11 -> map("custom", validated());
            case 12 -> values.oneIn(6) ? map("metadata", metadata()) : map("any", true);
            case 13 ->
                values.oneIn(6)
                        ? map("filter_state", map("key", "k", "string_match", map("exact", "v")))
                        : map("authenticated", map("principal_name", name()));
            case 14, 15 -> map("and_ids", map("ids", values.some(1, 3, () -> principal(depth - 1))));
            case 16 -> map("or_ids", map("ids", values.some(1, 3, () -> principal(depth - 1))));
            default -> map("not_id", principal(depth - 1));
        };
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> header() {
        List<String> names = new ArrayList<>(FuzzValues.HEADER_NAMES);
        names.addAll(List.of(":method", ":path", ":authority", "X-Role", "host"));
        String name = values.pick(names);
        List<String> about = about(name);
        Map<String, Object> header = map("name", name);
        Map<String, Object> text = values.text(about);
        switch (values.below(10)) {
            case 0 -> header.put("exact_match", values.pick(about).isEmpty() ? "x" : values.pick(about));
            case 1 -> header.put("prefix_match", text.getOrDefault("prefix", "a"));
            case 2 -> header.put("suffix_match", text.getOrDefault("suffix", "n"));
            case 3 -> header.put("contains_match", text.getOrDefault("contains", "d"));
            case 4 -> header.put("safe_regex_match", values.regex(values.pick(about)));
            case 5 -> header.put("range_match", map("start", values.below(9) - 4, "end", 2 + values.below(9)));
            case 6 -> header.put("present_match", values.below(3) > 0);
            case 7 -> {}
            default -> header.put("string_match", text);
        }
        if (values.oneIn(4)) {
            header.put("invert_match", true);
        }
        if (values.oneIn(5)) {
            header.put("treat_missing_header_as_empty", true);
        }
        return header;
    }

    static List<String> about(String name) {
        return switch (name) {
            case ":method" -> FuzzValues.METHODS;
            case ":path" -> FuzzValues.PATHS;
            case ":authority", "host" -> FuzzValues.HOSTS;
            default -> FuzzValues.HEADER_VALUES;
        };
    }

    List<String> sources() {
        return proxied
                ? values.oneIn(4) ? FuzzValues.IPS_V6 : FuzzValues.IPS_V4
                : List.of("127.0.0.1", "127.1.2.3", "127.77.5.9", "10.0.0.5");
    }

    private List<String> addresses() {
        return proxied ? values.oneIn(4) ? FuzzValues.IPS_V6 : FuzzValues.IPS_V4 : List.of("127.0.0.1", "10.0.0.5");
    }

    /** The server name is in lower case by the time that it is asked for. */
    private List<String> serverNames() {
        return FuzzValues.SERVER_NAMES;
    }

    private Map<String, Object> name() {
        return values.text(
                switch (values.below(6)) {
                    case 0 -> FuzzValues.DNS_NAMES;
                    case 1 -> FuzzValues.SUBJECTS;
                    default -> FuzzValues.IDS;
                });
    }

    private Map<String, Object> port() {
        return map("destination_port", values.pick(FuzzValues.PORTS));
    }

    private Map<String, Object> range() {
        int start = values.pick(FuzzValues.PORTS);
        return map("start", start - values.below(2), "end", values.oneIn(3) ? start + 1 : 65536);
    }

    private Map<String, Object> template() {
        String template = values.pick(values.oneIn(3) ? ODD_TEMPLATES : TEMPLATES);
        return extension(
                "envoy.path.match.uri_template.uri_template_matcher",
                any("envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig", "path_template", template));
    }

    private Map<String, Object> validated() {
        Map<String, Object> config = values.oneIn(3)
                ? any(
                        "envoy.extensions.rbac.principals.mtls_authenticated.v3.Config",
                        "any_validated_client_certificate",
                        true)
                : any(
                        "envoy.extensions.rbac.principals.mtls_authenticated.v3.Config",
                        "san_matcher",
                        values.oneIn(3)
                                ? map("san_type", "DNS", "matcher", values.text(FuzzValues.DNS_NAMES))
                                : map("san_type", "URI", "matcher", values.text(FuzzValues.IDS)));
        return extension("envoy.rbac.principals.mtls_authenticated", config);
    }

    private static Map<String, Object> metadata() {
        return map(
                "filter", "envoy.test",
                "path", List.of(map("key", "k")),
                "value", map("string_match", map("exact", CEL)));
    }
}
