package dev.writ.compiler.envoy.config;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of Envoy config, written by hand in the shape that {@code envoy} artifacts have, for tests of those who read them. */
public final class EnvoyYaml {
    /** What a listener shows its callers. */
    public static final String OWN_CERTIFICATE = "tls_certificate_sds_secret_configs: [{name: identity, sds_config:"
            + " {path_config_source: {path: sds/identity.yaml}}}]";

    public static final String IDENTITY = """
            resources:
            - "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
              name: identity
              tls_certificate:
                certificate_chain: {filename: secrets/svid.pem}
                private_key: {filename: secrets/svid.key}
            """;

    private static final String TYPES = "type.googleapis.com/";

    private EnvoyYaml() {}

    /** An artifact with one listener on port 5050. */
    public static EnvoyFiles files(String transport, String... filters) {
        return files(List.of("a.example", "b.example"), "", transport, filters);
    }

    /** @param extra further fields of the listener, in flow style: {@code , name: value} */
    public static EnvoyFiles files(List<String> trustDomains, String extra, String transport, String... filters) {
        String bootstrap = "static_resources: {listeners: [{name: inbound"
                + ", address: {socket_address: {address: 127.0.0.1, port_value: 5050}}" + extra
                + ", filter_chains: [{" + transport + "filters: [" + String.join(", ", filters) + "]}]}]}\n";
        return new EnvoyFiles(bootstrap, IDENTITY, trust(trustDomains));
    }

    public static String trust(List<String> trustDomains) {
        String bundles = trustDomains.stream()
                .map(domain -> "{name: " + domain + ", trust_bundle: {filename: secrets/" + domain + ".pem}}")
                .collect(Collectors.joining(", "));
        return "resources:\n- \"@type\": " + TYPES + "envoy.extensions.transport_sockets.tls.v3.Secret\n"
                + "  name: trust\n  validation_context: {custom_validator_config: "
                + extension(
                        "envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig",
                        "trust_domains: [" + bundles + "]")
                + "}\n";
    }

    /** The transport socket of an mTLS listener; the SAN matchers are in flow style. */
    public static String mtls(String... sanMatchers) {
        String validation =
                "combined_validation_context: {default_validation_context: {match_typed_subject_alt_names: ["
                        + String.join(", ", sanMatchers)
                        + "]}, validation_context_sds_secret_config: {name: trust, sds_config: {path_config_source: {path: sds/trust.yaml}}}}";
        return tls(
                "require_client_certificate: true, common_tls_context: {" + OWN_CERTIFICATE + ", " + validation + "}");
    }

    public static String tls(String fields) {
        return "transport_socket: "
                + extension("envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext", fields) + ", ";
    }

    public static String uriPrefix(String prefix) {
        return "{san_type: URI, matcher: {prefix: \"" + prefix + "\"}}";
    }

    public static String tcpProxy() {
        return extension("envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy", "stat_prefix: tcp, cluster: local");
    }

    public static String networkRbac(String fields) {
        return extension("envoy.extensions.filters.network.rbac.v3.RBAC", "stat_prefix: rbac, " + fields);
    }

    /** A connection manager whose options stand in flow style, each with a comma after it. */
    public static String http(String options, String... filters) {
        return extension(
                "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                "stat_prefix: http, " + options
                        + "route_config: {virtual_hosts: [{name: local, domains: [\"*\"], routes: "
                        + "[{match: {prefix: /}, route: {cluster: local}}]}]}, http_filters: ["
                        + String.join(", ", filters) + "]");
    }

    public static String httpRbac(String fields) {
        return extension("envoy.extensions.filters.http.rbac.v3.RBAC", fields);
    }

    public static String router() {
        return extension("envoy.extensions.filters.http.router.v3.Router", "");
    }

    public static String extension(String type, String fields) {
        return "{name: some.name, typed_config: {\"@type\": " + TYPES + type + (fields.isEmpty() ? "" : ", " + fields)
                + "}}";
    }

    public static String uriSan() {
        return extension("envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput", "");
    }

    public static String header(String name) {
        return extension("envoy.type.matcher.v3.HttpRequestHeaderMatchInput", "header_name: \"" + name + "\"");
    }

    public static String network(String input) {
        return extension("envoy.extensions.matching.common_inputs.network.v3." + input, "");
    }

    public static String act(String name, String action) {
        return "{action: " + extension("envoy.config.rbac.v3.Action", "name: \"" + name + "\", action: " + action)
                + "}";
    }

    public static String nest(String matcher) {
        return "{matcher: " + matcher + "}";
    }

    /** @param entries key, on_match, key, on_match, … */
    public static String exactMap(String input, String... entries) {
        return tree(input, "exact_match_map", entries);
    }

    public static String prefixMap(String input, String... entries) {
        return tree(input, "prefix_match_map", entries);
    }

    /** @param entries predicate, on_match, predicate, on_match, … */
    public static String list(String... entries) {
        StringBuilder list = new StringBuilder("{matcher_list: {matchers: [");
        for (int i = 0; i < entries.length; i += 2) {
            list.append("{predicate: ")
                    .append(entries[i])
                    .append(", on_match: ")
                    .append(entries[i + 1])
                    .append("}, ");
        }
        return list.append("]}}").toString();
    }

    /** The matcher with an {@code on_no_match}. */
    public static String otherwise(String matcher, String onNoMatch) {
        return matcher.substring(0, matcher.length() - 1) + ", on_no_match: " + onNoMatch + "}";
    }

    public static String matches(String input, String valueMatch) {
        return "{single_predicate: {input: " + input + ", value_match: {" + valueMatch + "}}}";
    }

    public static String all(String... predicates) {
        return "{and_matcher: {predicate: [" + String.join(", ", predicates) + "]}}";
    }

    public static String any(String... predicates) {
        return "{or_matcher: {predicate: [" + String.join(", ", predicates) + "]}}";
    }

    public static String not(String predicate) {
        return "{not_matcher: " + predicate + "}";
    }

    private static String tree(String input, String kind, String... entries) {
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < entries.length; i += 2) {
            map.append("\"")
                    .append(entries[i])
                    .append("\": ")
                    .append(entries[i + 1])
                    .append(", ");
        }
        return "{matcher_tree: {input: " + input + ", " + kind + ": {map: {" + map + "}}}}";
    }

    /** All filters of a TCP inbound with this enforced matcher. */
    public static EnvoyFiles tcp(String matcher) {
        return files(mtls(), networkRbac("matcher: " + matcher), tcpProxy());
    }

    /** All filters of an HTTP inbound with this enforced matcher. */
    public static EnvoyFiles http(String matcher) {
        return files(mtls(), http("", httpRbac("matcher: " + matcher), router()));
    }
}
