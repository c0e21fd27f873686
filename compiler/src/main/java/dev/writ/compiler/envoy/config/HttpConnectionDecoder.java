package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decodes an HTTP connection manager with its filters. */
final class HttpConnectionDecoder {
    private static final Set<String> MODELLED = Set.of(
            "codec_type",
            "stat_prefix",
            "route_config",
            "http_filters",
            "access_log",
            "access_log_options",
            "common_http_protocol_options",
            "http_protocol_options",
            "http2_protocol_options",
            "server_name",
            "server_header_transformation",
            "max_request_headers_kb",
            "stream_idle_timeout",
            "stream_flush_timeout",
            "request_timeout",
            "request_headers_timeout",
            "drain_timeout",
            "delayed_close_timeout",
            "use_remote_address",
            "xff_num_trusted_hops",
            "skip_xff_append",
            "generate_request_id",
            "forward_client_cert_details",
            "set_current_client_cert_details",
            "normalize_path",
            "merge_slashes",
            "path_with_escaped_slashes_action",
            "stream_error_on_invalid_http_message",
            "internal_address_config",
            "tracing",
            "strip_any_host_port",
            "strip_matching_host_port",
            "upgrade_configs",
            "preserve_external_request_id",
            "always_set_request_id_in_response",
            "local_reply_config",
            "http3_protocol_options",
            "rds",
            "scheme_header_transformation",
            "add_proxy_protocol_connection_state",
            "append_x_forwarded_port");
    private static final Set<String> MODELLED_IN_FILTER = Set.of("name", "typed_config", "disabled", "is_optional");

    private final Decoding decoding;
    private final RbacDecoder rbacs;
    private final RouteTableDecoder routes;
    private final Map<String, RouteConfiguration> tables;

    HttpConnectionDecoder(Decoding decoding, Map<String, RouteConfiguration> tables) {
        this.decoding = decoding;
        this.rbacs = new RbacDecoder(decoding, RbacDecoder.Layer.HTTP);
        this.tables = tables;
        this.routes = new RouteTableDecoder(decoding, rbacs);
    }

    NetworkFilter decode(HttpConnectionManager manager, String place) {
        List<HttpFilter> filters = new ArrayList<>();
        for (var filter : manager.getHttpFiltersList()) {
            filters.add(filter(filter, place + ".http_filters[" + filters.size() + "]"));
        }
        requireTerminalLast(filters, place);
        Optional<Unmodelled> unmodelled = decoding.beyond(manager, MODELLED, place);
        if (unmodelled.isPresent()) {
            return unmodelled.get();
        }
        PathHandling paths = new PathHandling(
                manager.getNormalizePath().getValue(), manager.getMergeSlashes(), escapedSlashes(manager));
        return new NetworkFilter.HttpConnection(
                paths, HeaderHandlingDecoder.decode(manager), routes(manager, place), filters);
    }

    private RouteTable routes(HttpConnectionManager manager, String place) {
        return switch (manager.getRouteSpecifierCase()) {
            case ROUTE_CONFIG -> routes.decode(manager.getRouteConfig(), place + ".route_config");
            case RDS -> {
                RouteConfiguration table = tables.get(manager.getRds().getRouteConfigName());
                yield table == null
                        ? RouteTable.ELSEWHERE
                        : routes.decode(table, "route_config `" + table.getName() + "`");
            }
            case SCOPED_ROUTES -> RouteTable.ELSEWHERE;
            case ROUTESPECIFIER_NOT_SET -> RouteTable.NONE;
        };
    }

    // The default is a runtime setting; where that is not set, Envoy keeps escaped slashes.
    private PathHandling.EscapedSlashes escapedSlashes(HttpConnectionManager manager) {
        return switch (manager.getPathWithEscapedSlashesAction()) {
            case IMPLEMENTATION_SPECIFIC_DEFAULT, KEEP_UNCHANGED, UNRECOGNIZED -> PathHandling.EscapedSlashes.KEEP;
            case REJECT_REQUEST -> PathHandling.EscapedSlashes.REJECT;
            case UNESCAPE_AND_REDIRECT -> PathHandling.EscapedSlashes.REDIRECT;
            case UNESCAPE_AND_FORWARD -> PathHandling.EscapedSlashes.UNESCAPE;
        };
    }

    private HttpFilter filter(
            io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter filter, String place) {
        Any config = filter.getTypedConfig();
        Optional<Unmodelled> beyond = decoding.beyond(filter, MODELLED_IN_FILTER, place);
        if (beyond.isPresent()) {
            return beyond.get();
        }
        if (config.is(RBAC.class)) {
            return decoding.unpack(config, RBAC.class, place)
                    .<HttpFilter>map(rbac ->
                            new HttpFilter.HttpRbac(filter.getName(), rbacs.decode(rbac, place), filter.getDisabled()))
                    .orElseGet(() -> new Unmodelled("a broken RBAC filter"));
        }
        if (config.is(io.envoyproxy.envoy.extensions.filters.http.router.v3.Router.class)) {
            decoding.unpack(config, io.envoyproxy.envoy.extensions.filters.http.router.v3.Router.class, place);
            return new HttpFilter.Router();
        }
        return decoding.notModelled("the HTTP filter", filter.getName(), config, place);
    }

    private void requireTerminalLast(List<HttpFilter> filters, String place) {
        for (int i = 0; i < filters.size(); i++) {
            boolean last = i == filters.size() - 1;
            boolean misplaced = switch (filters.get(i)) {
                case HttpFilter.Router router -> !last;
                case HttpFilter.HttpRbac rbac -> last;
                case Unmodelled other -> false;
            };
            if (misplaced) {
                decoding.refuse(place, last ? "no terminal filter" : "a filter after the terminal one");
            }
        }
    }
}
