package dev.writ.compiler.envoy.config;

import java.util.List;

/**
 * What a connection goes through: the transport first, then the filters in their order.
 *
 * @param unmodelled parts of the chain that may change any decision, its match among them
 */
public record FilterChain(Transport transport, List<NetworkFilter> filters, List<Unmodelled> unmodelled) {
    public FilterChain {
        filters = List.copyOf(filters);
        unmodelled = List.copyOf(unmodelled);
    }
}
