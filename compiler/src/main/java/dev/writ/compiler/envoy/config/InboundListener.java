package dev.writ.compiler.envoy.config;

import java.util.List;
import java.util.Optional;

/**
 * A TCP listener.
 *
 * @param address the IP address that it is on; that of every interface is {@code 0.0.0.0} or {@code ::}
 * @param inspectsTls whether a TLS inspector tells the server name; without it Envoy's SNI input is empty
 * @param chains a listener with several chains picks one by its match
 * @param defaultChain for connections that no other chain takes
 * @param unmodelled parts of the listener that may change any decision
 */
public record InboundListener(
        String name,
        String address,
        int port,
        boolean inspectsTls,
        List<FilterChain> chains,
        Optional<FilterChain> defaultChain,
        List<Unmodelled> unmodelled) {
    public InboundListener {
        chains = List.copyOf(chains);
        unmodelled = List.copyOf(unmodelled);
    }

    /** One without a default chain. */
    public InboundListener(
            String name, int port, boolean inspectsTls, List<FilterChain> chains, List<Unmodelled> unmodelled) {
        this(name, "", port, inspectsTls, chains, Optional.empty(), unmodelled);
    }

    /** The same under no name and on no address. */
    public InboundListener withoutPlace() {
        return new InboundListener("", "", port, inspectsTls, chains, defaultChain, unmodelled);
    }
}
