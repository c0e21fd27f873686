package dev.writ.compiler.envoy.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of the routes can change a filter: the most specific config for the filter's name wins, a route's before its virtual host's
 * before the table's.
 *
 * @param overrides by the names of filters
 */
public record RouteTable(List<VirtualHost> hosts, Map<String, Change> overrides) {
    /** No route changes a filter. */
    public static final RouteTable NONE = new RouteTable(List.of(), Map.of());

    /** The routes are not in the config. */
    public static final RouteTable ELSEWHERE =
            new RouteTable(List.of(), Map.of("", new Change.NotModelled(new Unmodelled("routes from elsewhere"))));

    public RouteTable {
        hosts = List.copyOf(hosts);
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    }

    /** Instead of the filter's own config. */
    public sealed interface Change {
        record Replaced(Rbac rbac) implements Change {}

        record Disabled() implements Change {}

        record NotModelled(Unmodelled reason) implements Change {}
    }

    /** @param domains {@code example.com}, {@code *.example.com}, {@code example.*} or {@code *} */
    public record VirtualHost(List<String> domains, List<Route> routes, Map<String, Change> overrides) {
        public VirtualHost {
            domains = List.copyOf(domains);
            routes = List.copyOf(routes);
            overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
        }
    }

    /** @param beyond a condition that is not modelled; empty for none */
    public record Route(
            PathTest path, List<HeaderMatch> headers, Optional<Unmodelled> beyond, Map<String, Change> overrides) {
        public Route {
            headers = List.copyOf(headers);
            overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
        }
    }

    /** Asked of the path without its query. */
    public sealed interface PathTest {
        record Matches(TextMatcher matcher) implements PathTest {}

        /** The path itself, or one below it. */
        record Below(String prefix, boolean ignoreCase) implements PathTest {}

        /** Not modelled; the route's condition says why. */
        record Open() implements PathTest {}
    }
}
