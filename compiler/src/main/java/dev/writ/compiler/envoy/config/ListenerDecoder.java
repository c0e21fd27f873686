package dev.writ.compiler.envoy.config;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decodes a listener and its filter chains. */
final class ListenerDecoder {
    private static final Set<String> HARMLESS_IN_LISTENER = Set.of(
            "name",
            "address",
            "stat_prefix",
            "filter_chains",
            "default_filter_chain",
            "filter_chain_matcher",
            "listener_filters",
            "listener_filters_timeout",
            "per_connection_buffer_limit_bytes",
            "metadata",
            "drain_type",
            "traffic_direction",
            "access_log",
            "connection_balance_config",
            "enable_reuse_port",
            "tcp_backlog_size",
            "max_connections_to_accept_per_socket_event",
            "ignore_global_conn_limit",
            "bind_to_port",
            "freebind",
            "transparent",
            "socket_options",
            "reuse_port",
            "enable_mptcp",
            "continue_on_listener_filters_timeout");
    private static final Set<String> HARMLESS_IN_CHAIN = Set.of(
            "name",
            "filters",
            "filter_chain_match",
            "metadata",
            "transport_socket",
            "transport_socket_connect_timeout");
    private static final Set<String> HARMLESS_IN_SOCKET_ADDRESS =
            Set.of("address", "port_value", "protocol", "ipv4_compat");

    private final Decoding decoding;
    private final TransportDecoder transports;
    private final NetworkFilterDecoder filters;
    private final ChainMatchDecoder matches;
    private final InboundFilterDecoder inbound;
    private final MatcherDecoder chainMatchers;

    /** @param routes those that connection managers get from elsewhere, by name */
    ListenerDecoder(Decoding decoding, Secrets secrets, Map<String, RouteConfiguration> routes) {
        this.decoding = decoding;
        this.transports = new TransportDecoder(decoding, secrets);
        this.filters = new NetworkFilterDecoder(decoding, routes);
        this.matches = new ChainMatchDecoder(decoding);
        this.inbound = new InboundFilterDecoder(decoding);
        this.chainMatchers = new MatcherDecoder(decoding, RbacDecoder.Layer.LISTENER);
    }

    InboundListener decode(Listener listener, String place) {
        List<Unmodelled> unmodelled = new ArrayList<>();
        decoding.beyond(listener, HARMLESS_IN_LISTENER, place).ifPresent(unmodelled::add);
        if (listener.hasAddress() && !listener.getAddress().hasSocketAddress()) {
            unmodelled.add(decoding.unmodelled(
                    place + ".address", "a listener on something other than a socket address is not modelled"));
        }
        decoding.beyond(
                        listener.getAddress().getSocketAddress(),
                        HARMLESS_IN_SOCKET_ADDRESS,
                        place + ".address.socket_address")
                .ifPresent(unmodelled::add);
        if (listener.getFilterChainsCount() == 0 && !listener.hasDefaultFilterChain()) {
            decoding.refuse(place, "a listener without a filter chain");
        }
        return new InboundListener(
                listener.getName(),
                listener.getAddress().getSocketAddress().getAddress(),
                listener.getAddress().getSocketAddress().getPortValue(),
                inbound.decode(listener.getListenerFiltersList(), place + ".listener_filters", unmodelled),
                chains(listener, place),
                listener.hasFilterChainMatcher()
                        ? Optional.of(
                                chainMatchers.decode(listener.getFilterChainMatcher(), place + ".filter_chain_matcher"))
                        : Optional.empty(),
                listener.hasDefaultFilterChain()
                        ? Optional.of(chain(
                                listener.getDefaultFilterChain(), ChainMatch.ANY, place + ".default_filter_chain"))
                        : Optional.empty(),
                unmodelled);
    }

    private List<FilterChain> chains(Listener listener, String place) {
        List<FilterChain> chains = new ArrayList<>();
        for (io.envoyproxy.envoy.config.listener.v3.FilterChain chain : listener.getFilterChainsList()) {
            String at = place + ".filter_chains[" + chains.size() + "]";
            String match = at + ".filter_chain_match";
            chains.add(chain(
                    chain,
                    listener.hasFilterChainMatcher()
                            ? matches.ignored(chain.getFilterChainMatch(), match)
                            : matches.decode(chain.getFilterChainMatch(), match),
                    at));
        }
        if (listener.hasFilterChainMatcher()) {
            requireNames(chains, place);
        } else {
            ChainConflicts.refuse(chains, decoding, place);
        }
        return chains;
    }

    /** A matcher chooses a chain by its name. */
    private void requireNames(List<FilterChain> chains, String place) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < chains.size(); i++) {
            String name = chains.get(i).name();
            if (name.isEmpty()) {
                decoding.refuse(place + ".filter_chains[" + i + "]", "needs `name`: a matcher chooses chains by it");
            } else if (!names.add(name)) {
                decoding.refuse(
                        place + ".filter_chains[" + i + "].name",
                        "`" + name + "` is given twice, and a matcher chooses chains by it");
            }
        }
    }

    private FilterChain chain(
            io.envoyproxy.envoy.config.listener.v3.FilterChain chain, ChainMatch match, String place) {
        List<Unmodelled> unmodelled = new ArrayList<>();
        decoding.beyond(chain, HARMLESS_IN_CHAIN, place).ifPresent(unmodelled::add);
        Transport transport = chain.hasTransportSocket()
                ? transports.decode(chain.getTransportSocket(), place + ".transport_socket")
                : new Transport.Plaintext();
        List<NetworkFilter> decoded = new ArrayList<>();
        for (Filter filter : chain.getFiltersList()) {
            decoded.add(filters.decode(filter, place + ".filters[" + decoded.size() + "]"));
        }
        requireTerminalLast(decoded, place);
        return new FilterChain(chain.getName(), match, transport, decoded, unmodelled);
    }

    private void requireTerminalLast(List<NetworkFilter> chain, String place) {
        for (int i = 0; i < chain.size(); i++) {
            boolean last = i == chain.size() - 1;
            boolean misplaced = switch (chain.get(i)) {
                case NetworkFilter.TcpProxy proxy -> !last;
                case NetworkFilter.HttpConnection http -> !last;
                case NetworkFilter.NetworkRbac rbac -> last;
                case Unmodelled other -> false;
            };
            if (misplaced) {
                decoding.refuse(place, last ? "no terminal filter" : "a filter after the terminal one");
            }
        }
    }
}
