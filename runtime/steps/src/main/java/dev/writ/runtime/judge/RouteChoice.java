package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.HeaderMatch;
import dev.writ.compiler.envoy.config.RouteTable;
import dev.writ.compiler.envoy.config.RouteTable.Change;
import dev.writ.compiler.envoy.config.RouteTable.PathTest;
import dev.writ.compiler.envoy.config.RouteTable.Route;
import dev.writ.compiler.envoy.config.RouteTable.VirtualHost;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request's route changes of the filters. The virtual host is that of the exact domain, else of the longest {@code *.suffix},
 * the longest {@code prefix.*}, {@code *}; in it the first route that matches counts. A request without a route has the table's
 * overrides alone.
 */
final class RouteChoice {
    /** What comes of it: by the names of filters, or why nobody can tell. */
    record Result(Map<String, Change> overrides, @Nullable String unknown) {}

    private RouteChoice() {}

    static Result of(RouteTable table, HttpRequest request) {
        if (table.equals(RouteTable.NONE)) {
            return new Result(Map.of(), null);
        }
        if (table.equals(RouteTable.ELSEWHERE)) {
            return unknown("the routes, which can change a filter, are not in the config");
        }
        boolean onlyAny = table.hosts().stream().allMatch(host -> host.domains().contains("*"));
        String authority = request.authority();
        if (authority == null && !onlyAny) {
            return unknown("the request does not say its host");
        }
        Map<String, Change> overrides = new LinkedHashMap<>(table.overrides());
        VirtualHost host = host(table, authority == null ? "" : authority.toLowerCase(Locale.ROOT));
        if (host == null) {
            return new Result(overrides, null);
        }
        for (Route route : host.routes()) {
            switch (matches(route, request)) {
                case Truth.Yes yes -> {
                    overrides.putAll(host.overrides());
                    overrides.putAll(route.overrides());
                    return new Result(overrides, null);
                }
                case Truth.No no -> {}
                case Truth.Stopped stopped -> {}
                case Truth.Unknown unknown -> {
                    return unknown(unknown.reason());
                }
            }
        }
        return new Result(Map.of(), null);
    }

    private static Result unknown(String reason) {
        return new Result(Map.of(), reason);
    }

    private static @Nullable VirtualHost host(RouteTable table, String authority) {
        VirtualHost best = null;
        int bestFit = 0;
        for (VirtualHost host : table.hosts()) {
            for (String domain : host.domains()) {
                int fit = fit(domain.toLowerCase(Locale.ROOT), authority);
                if (fit > bestFit) {
                    best = host;
                    bestFit = fit;
                }
            }
        }
        return best;
    }

    private static int fit(String domain, String authority) {
        if (domain.equals(authority)) {
            return Integer.MAX_VALUE;
        }
        if (domain.equals("*")) {
            return 1;
        }
        boolean longer = authority.length() >= domain.length();
        if (domain.startsWith("*")) {
            return longer && authority.endsWith(domain.substring(1)) ? 1_000_000 + domain.length() : 0;
        }
        return domain.endsWith("*") && longer && authority.startsWith(domain.substring(0, domain.length() - 1))
                ? 1 + domain.length()
                : 0;
    }

    private static Truth matches(Route route, HttpRequest request) {
        Truth path = matches(route.path(), request);
        if (path instanceof Truth.No) {
            return path;
        }
        Truth open = Truth.YES;
        for (HeaderMatch header : route.headers()) {
            Truth truth = HeaderTest.test(header, request);
            if (truth instanceof Truth.No) {
                return truth;
            }
            open = truth instanceof Truth.Yes ? open : truth;
        }
        Optional<Truth> beyond = route.beyond().map(unmodelled -> new Truth.Unknown(unmodelled.reason()));
        return path instanceof Truth.Unknown ? path : beyond.orElse(open);
    }

    private static Truth matches(PathTest test, HttpRequest request) {
        String path = request.pathWithoutQuery();
        return switch (test) {
            case PathTest.Matches matches -> TextMatching.matches(matches.matcher(), path);
            case PathTest.Below below -> {
                String prefix = below.ignoreCase() ? below.prefix().toLowerCase(Locale.ROOT) : below.prefix();
                String seen = below.ignoreCase() ? path.toLowerCase(Locale.ROOT) : path;
                yield Truth.of(seen.equals(prefix) || seen.startsWith(prefix + "/"));
            }
            case PathTest.Open open -> new Truth.Unknown("a route of this kind is not modelled");
        };
    }
}
