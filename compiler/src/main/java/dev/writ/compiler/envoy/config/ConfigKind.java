package dev.writ.compiler.envoy.config;

import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Message;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a config may be a config of, with the fields that only it has. */
enum ConfigKind {
    CONFIG_DUMP(ConfigDump.getDefaultInstance(), Set.of("configs")),
    BOOTSTRAP(
            Bootstrap.getDefaultInstance(),
            Set.of("static_resources", "dynamic_resources", "node", "admin", "cluster_manager", "layered_runtime")),
    LISTENER(Listener.getDefaultInstance(), Set.of("filter_chains", "listener_filters", "default_filter_chain")),
    DISCOVERY(DiscoveryResponse.getDefaultInstance(), Set.of("resources", "version_info")),
    FILTER_CHAIN(FilterChain.getDefaultInstance(), Set.of("filters", "filter_chain_match", "transport_socket")),
    RULES(RBAC.getDefaultInstance(), Set.of("policies", "action", "audit_logging_options")),
    NETWORK_FILTER(
            io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDefaultInstance(),
            Set.of("stat_prefix", "enforcement_type", "delay_deny")),
    HTTP_FILTER(
            io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.getDefaultInstance(),
            Set.of(
                    "rules",
                    "matcher",
                    "shadow_rules",
                    "shadow_matcher",
                    "rules_stat_prefix",
                    "shadow_rules_stat_prefix",
                    "track_per_rule_stats")),
    PER_ROUTE(RBACPerRoute.getDefaultInstance(), Set.of("rbac")),
    WRAPPED(Filter.getDefaultInstance(), Set.of("typed_config")),
    CONNECTION_MANAGER(HttpConnectionManager.getDefaultInstance(), Set.of("http_filters", "codec_type")),
    MATCHER(Matcher.getDefaultInstance(), Set.of("matcher_list", "matcher_tree", "on_no_match"));

    private final Message prototype;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of
    private final Set<String> fields;

    ConfigKind(Message prototype, Set<String> fields) {
        this.prototype = prototype;
        this.fields = fields;
    }

    Message prototype() {
        return prototype;
    }

    /** By its {@code @type}, else by its fields; {@code stat_prefix} alone is both filters'. */
    static Optional<ConfigKind> of(Mapping mapping) {
        Set<String> names = mapping.entries().stream()
                .map(entry -> snakeCase(entry.key().value()))
                .collect(Collectors.toSet());
        for (ConfigKind kind : values()) {
            boolean managers = kind == NETWORK_FILTER && names.contains("http_filters");
            if (!managers && names.stream().anyMatch(kind.fields::contains)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The kind of a message inside an {@code Any}. */
    static Optional<ConfigKind> ofType(String type) {
        return List.of(values()).stream()
                .filter(kind ->
                        kind.prototype.getDescriptorForType().getFullName().equals(type))
                .findFirst();
    }

    static String snakeCase(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}
