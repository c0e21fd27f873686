package dev.writ.compiler.check.envoy;

import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.AnyConfig.LoneFilter;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.HttpFilter;
import dev.writ.compiler.envoy.config.HttpFilter.HttpRbac;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.NetworkFilter;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.RouteTable;
import dev.writ.compiler.envoy.config.RouteTable.Change;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chains and RBAC filters of a config with their places, for the dangers to look at. */
record Survey(AnyConfig config, List<Chain> chains, List<RbacSite> rbacs) {

    static Survey of(AnyConfig config) {
        Survey survey = new Survey(config, new ArrayList<>(), new ArrayList<>());
        List<InboundListener> listeners = config.config().listeners();
        for (int i = 0; i < listeners.size(); i++) {
            survey.add(listeners.get(i), config.listenerPlaces().get(i));
        }
        config.filters().forEach(survey::add);
        return survey;
    }

    List<Asked> asked() {
        return rbacs.stream().flatMap(site -> AskedIdentities.of(site).stream()).toList();
    }

    private void add(LoneFilter filter) {
        boolean bare = !config.places().isWritten(filter.place() + ".rules");
        boolean bareMatcher = !config.places().isWritten(filter.place() + ".matcher");
        rbacs.add(new RbacSite(
                filter.place(),
                bare ? filter.place() : filter.place() + ".rules",
                bareMatcher ? filter.place() : filter.place() + ".matcher",
                filter.rbac(),
                Optional.empty(),
                RbacSite.Use.FILTER));
    }

    private void add(InboundListener listener, String place) {
        for (int i = 0; i < listener.chains().size(); i++) {
            add(listener.chains().get(i), place + ".filter_chains[" + i + "]");
        }
        listener.defaultChain().ifPresent(chain -> add(chain, place + ".default_filter_chain"));
    }

    private void add(FilterChain config, String place) {
        // A chain or a connection manager that stands alone is in no listener's text.
        Chain chain = new Chain(place, config);
        chains.add(chain);
        for (int i = 0; i < config.filters().size(); i++) {
            String at = place + ".filters[" + i + "]";
            switch (config.filters().get(i)) {
                case NetworkFilter.NetworkRbac rbac -> add(rbac.rbac(), at, chain, RbacSite.Use.FILTER);
                case NetworkFilter.HttpConnection http -> add(http, at, chain);
                case NetworkFilter.TcpProxy proxy -> {}
                case Unmodelled other -> {}
            }
        }
    }

    private void add(Rbac rbac, String place, Chain chain, RbacSite.Use use) {
        rbacs.add(new RbacSite(place, place + ".rules", place + ".matcher", rbac, Optional.of(chain), use));
    }

    private void add(NetworkFilter.HttpConnection http, String place, Chain chain) {
        for (int i = 0; i < http.filters().size(); i++) {
            if (http.filters().get(i) instanceof HttpFilter.HttpRbac rbac && !rbac.disabled()) {
                RbacSite.Use use = isOverridden(http.routes(), rbac) ? RbacSite.Use.OVERRIDDEN : RbacSite.Use.FILTER;
                add(rbac.rbac(), place + ".http_filters[" + i + "]", chain, use);
            }
        }
        String table = place + ".route_config";
        addRoutes(http.routes().overrides(), table, chain);
        for (int i = 0; i < http.routes().hosts().size(); i++) {
            String host = table + ".virtual_hosts[" + i + "]";
            RouteTable.VirtualHost config = http.routes().hosts().get(i);
            addRoutes(config.overrides(), host, chain);
            for (int j = 0; j < config.routes().size(); j++) {
                addRoutes(config.routes().get(j).overrides(), host + ".routes[" + j + "]", chain);
            }
        }
    }

    private void addRoutes(Map<String, Change> overrides, String place, Chain chain) {
        overrides.forEach((name, change) -> {
            if (change instanceof Change.Replaced replaced) {
                String at = place + ".typed_per_filter_config[`" + name + "`].rbac";
                add(replaced.rbac(), at, chain, RbacSite.Use.ROUTE);
            }
        });
    }

    private static boolean isOverridden(RouteTable routes, HttpRbac filter) {
        return routes.overrides().containsKey(filter.name())
                || routes.overrides().containsKey("")
                || routes.hosts().stream()
                        .anyMatch(host -> host.overrides().containsKey(filter.name())
                                || host.routes().stream()
                                        .anyMatch(route -> route.overrides().containsKey(filter.name())));
    }
}
