package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
            "strip_matching_host_port");
    private static final Set<String> MODELLED_IN_FILTER = Set.of("name", "typed_config");
    private static final Set<String> MODELLED_IN_RBAC = Set.of(
            "rules",
            "rules_stat_prefix",
            "matcher",
            "shadow_rules",
            "shadow_matcher",
            "shadow_rules_stat_prefix",
            "track_per_rule_stats");

    private final Decoding decoding;
    private final RbacDecoder rbacs;

    HttpConnectionDecoder(Decoding decoding) {
        this.decoding = decoding;
        this.rbacs = new RbacDecoder(decoding, RbacDecoder.Layer.HTTP);
    }

    NetworkFilter decode(HttpConnectionManager manager, String place) {
        if (manager.getStatPrefix().isEmpty()) {
            decoding.refuse(place, "an HTTP connection manager without a `stat_prefix`");
        }
        List<HttpFilter> filters = new ArrayList<>();
        for (var filter : manager.getHttpFiltersList()) {
            filters.add(filter(filter, place + ".http_filters[" + filters.size() + "]"));
        }
        requireTerminalLast(filters, place);
        Optional<Unmodelled> unmodelled = decoding.beyond(manager, MODELLED);
        if (unmodelled.isPresent()) {
            return unmodelled.get();
        }
        if (overridesFilters(manager.getRouteConfig())) {
            return new Unmodelled("`typed_per_filter_config` of a route is not modelled");
        }
        PathHandling paths = new PathHandling(
                manager.getNormalizePath().getValue(), manager.getMergeSlashes(), escapedSlashes(manager, place));
        return new NetworkFilter.HttpConnection(paths, filters);
    }

    // The default is a runtime setting; where that is not set, Envoy keeps escaped slashes.
    private PathHandling.EscapedSlashes escapedSlashes(HttpConnectionManager manager, String place) {
        return switch (manager.getPathWithEscapedSlashesAction()) {
            case IMPLEMENTATION_SPECIFIC_DEFAULT, KEEP_UNCHANGED -> PathHandling.EscapedSlashes.KEEP;
            case REJECT_REQUEST -> PathHandling.EscapedSlashes.REJECT;
            case UNESCAPE_AND_REDIRECT -> PathHandling.EscapedSlashes.REDIRECT;
            case UNESCAPE_AND_FORWARD -> PathHandling.EscapedSlashes.UNESCAPE;
            case UNRECOGNIZED -> {
                decoding.refuse(place, "an unknown `path_with_escaped_slashes_action`");
                yield PathHandling.EscapedSlashes.KEEP;
            }
        };
    }

    private HttpFilter filter(
            io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter filter, String place) {
        Any config = filter.getTypedConfig();
        Optional<Unmodelled> beyond = decoding.beyond(filter, MODELLED_IN_FILTER);
        if (beyond.isPresent()) {
            return beyond.get();
        }
        if (config.is(RBAC.class)) {
            return decoding.unpack(config, RBAC.class, place)
                    .map(rbac -> rbac(rbac, place))
                    .orElseGet(() -> new Unmodelled("a broken RBAC filter"));
        }
        if (config.is(io.envoyproxy.envoy.extensions.filters.http.router.v3.Router.class)) {
            decoding.unpack(config, io.envoyproxy.envoy.extensions.filters.http.router.v3.Router.class, place);
            return new HttpFilter.Router();
        }
        return ListenerDecoder.notModelled("the HTTP filter", filter.getName(), config);
    }

    private HttpFilter rbac(RBAC filter, String place) {
        return decoding.beyond(filter, MODELLED_IN_RBAC)
                .<HttpFilter>map(unmodelled -> unmodelled)
                .orElseGet(() -> new HttpFilter.HttpRbac(new Rbac(
                        filter.hasMatcher()
                                ? rbacs.decode(filter.getMatcher(), place + ".matcher")
                                : rbacs.decode(filter.hasRules(), filter.getRules(), place + ".rules"),
                        filter.hasShadowMatcher()
                                ? rbacs.decode(filter.getShadowMatcher(), place + ".shadow_matcher")
                                : rbacs.decode(
                                        filter.hasShadowRules(), filter.getShadowRules(), place + ".shadow_rules"))));
    }

    private void requireTerminalLast(List<HttpFilter> filters, String place) {
        if (filters.isEmpty()) {
            decoding.refuse(place, "an HTTP connection manager without filters");
        }
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

    // A route, a virtual host or a weighted cluster can replace a filter's config, RBAC's too.
    private static boolean overridesFilters(Message message) {
        return message.getAllFields().entrySet().stream()
                .anyMatch(entry -> entry.getKey().getName().equals("typed_per_filter_config")
                        || entry.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE
                                && values(entry.getKey(), entry.getValue())
                                        .anyMatch(HttpConnectionDecoder::overridesFilters));
    }

    private static Stream<Message> values(FieldDescriptor field, Object value) {
        return (field.isRepeated() ? (List<?>) value : List.of(value)).stream().map(Message.class::cast);
    }
}
