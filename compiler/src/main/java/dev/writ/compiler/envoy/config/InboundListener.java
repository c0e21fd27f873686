package dev.writ.compiler.envoy.config;

import java.util.List;

/**
 * A TCP listener.
 *
 * @param inspectsTls whether a TLS inspector tells the server name; without it Envoy's SNI input is empty
 * @param chains a listener with several chains picks one by its match
 * @param unmodelled parts of the listener that may change any decision
 */
public record InboundListener(
        String name, int port, boolean inspectsTls, List<FilterChain> chains, List<Unmodelled> unmodelled) {
    public InboundListener {
        chains = List.copyOf(chains);
        unmodelled = List.copyOf(unmodelled);
    }
}
