package dev.writ.compiler.envoy.config;

import java.util.List;

/**
 * What a connection goes through: the transport first, then the filters in their order.
 *
 * @param name empty for none
 * @param unmodelled parts of the chain that may change any decision
 */
public record FilterChain(
        String name, ChainMatch match, Transport transport, List<NetworkFilter> filters, List<Unmodelled> unmodelled) {
    public FilterChain {
        filters = List.copyOf(filters);
        unmodelled = List.copyOf(unmodelled);
    }

    /** One for every connection. */
    public FilterChain(Transport transport, List<NetworkFilter> filters, List<Unmodelled> unmodelled) {
        this("", ChainMatch.ANY, transport, filters, unmodelled);
    }
}
