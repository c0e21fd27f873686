package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import dev.writ.compiler.envoy.config.RouteTable.Change;
import dev.writ.compiler.envoy.config.RouteTable.PathTest;
import io.envoyproxy.envoy.config.route.v3.FilterConfig;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Decodes what routes change of RBAC filters; routes that change nothing are left out when none of a table does. */
final class RouteTableDecoder {
    private static final Set<String> MODELLED_IN_MATCH =
            Set.of("prefix", "path", "safe_regex", "path_separated_prefix", "case_sensitive", "headers");

    private final Decoding decoding;
    private final RbacDecoder rbacs;
    private final HeaderMatchDecoder headers;
    private final TextMatcherDecoder texts;

    RouteTableDecoder(Decoding decoding, RbacDecoder rbacs) {
        this.decoding = decoding;
        this.rbacs = rbacs;
        this.headers = new HeaderMatchDecoder(decoding);
        this.texts = new TextMatcherDecoder(decoding);
    }

    RouteTable decode(RouteConfiguration table, String place) {
        List<RouteTable.VirtualHost> hosts = new ArrayList<>();
        for (VirtualHost host : table.getVirtualHostsList()) {
            hosts.add(host(host, place + ".virtual_hosts[" + hosts.size() + "]"));
        }
        Map<String, Change> overrides = overrides(table.getTypedPerFilterConfigMap(), place);
        boolean changes = !overrides.isEmpty()
                || hosts.stream()
                        .anyMatch(host -> !host.overrides().isEmpty()
                                || host.routes().stream()
                                        .anyMatch(route -> !route.overrides().isEmpty()));
        return changes ? new RouteTable(hosts, overrides) : RouteTable.NONE;
    }

    private RouteTable.VirtualHost host(VirtualHost host, String place) {
        List<RouteTable.Route> routes = new ArrayList<>();
        for (Route route : host.getRoutesList()) {
            routes.add(route(route, place + ".routes[" + routes.size() + "]"));
        }
        Optional<Unmodelled> matcher = host.hasMatcher()
                ? Optional.of(decoding.unmodelled(place + ".matcher", "routes by a matcher are not modelled"))
                : Optional.empty();
        if (matcher.isPresent()) {
            routes.add(new RouteTable.Route(new PathTest.Open(), List.of(), matcher, Map.of()));
        }
        return new RouteTable.VirtualHost(
                host.getDomainsList(), routes, overrides(host.getTypedPerFilterConfigMap(), place));
    }

    private RouteTable.Route route(Route route, String place) {
        RouteMatch match = route.getMatch();
        boolean weighted = route.getRoute().getWeightedClusters().getClustersList().stream()
                .anyMatch(cluster -> cluster.getTypedPerFilterConfigCount() > 0);
        Map<String, Change> overrides = new LinkedHashMap<>(overrides(route.getTypedPerFilterConfigMap(), place));
        if (weighted) {
            Unmodelled reason = decoding.unmodelled(
                    place + ".route", "a filter's config by weighted cluster is a matter of chance");
            route.getRoute()
                    .getWeightedClusters()
                    .getClustersList()
                    .forEach(cluster -> cluster.getTypedPerFilterConfigMap()
                            .keySet()
                            .forEach(name -> overrides.put(name, new Change.NotModelled(reason))));
        }
        return new RouteTable.Route(
                path(match, place + ".match"),
                headers.decode(match.getHeadersList(), place + ".match.headers"),
                Decoding.beyond(match, MODELLED_IN_MATCH),
                overrides);
    }

    private PathTest path(RouteMatch match, String place) {
        boolean ignoreCase =
                match.hasCaseSensitive() && !match.getCaseSensitive().getValue();
        return switch (match.getPathSpecifierCase()) {
            case PREFIX -> new PathTest.Matches(new TextMatcher.StartsWith(match.getPrefix(), ignoreCase));
            case PATH -> new PathTest.Matches(new TextMatcher.Exact(match.getPath(), ignoreCase));
            case SAFE_REGEX ->
                new PathTest.Matches(texts.regex(match.getSafeRegex().getRegex(), false, place + ".safe_regex"));
            case PATH_SEPARATED_PREFIX -> new PathTest.Below(match.getPathSeparatedPrefix(), ignoreCase);
            case CONNECT_MATCHER, PATH_MATCH_POLICY, PATHSPECIFIER_NOT_SET -> new PathTest.Open();
        };
    }

    private Map<String, Change> overrides(Map<String, Any> configs, String place) {
        Map<String, Change> overrides = new LinkedHashMap<>();
        new TreeMap<>(configs)
                .forEach((name, config) -> override(config, place + ".typed_per_filter_config[`" + name + "`]")
                        .ifPresent(override -> overrides.put(name, override)));
        return overrides;
    }

    private Optional<Change> override(Any config, String place) {
        if (config.is(RBACPerRoute.class)) {
            return decoding.unpack(config, RBACPerRoute.class, place)
                    .map(route -> new Change.Replaced(rbacs.decode(route.getRbac(), place + ".rbac")));
        }
        if (config.is(FilterConfig.class)) {
            return decoding.unpack(config, FilterConfig.class, place)
                    .flatMap(wrapped -> wrapped.getDisabled()
                            ? Optional.of(new Change.Disabled())
                            : override(wrapped.getConfig(), place + ".config"));
        }
        return Optional.empty();
    }
}
