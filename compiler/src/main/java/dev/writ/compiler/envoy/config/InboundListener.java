package dev.writ.compiler.envoy.config;

import java.util.List;
import java.util.Optional;

/**
 * A TCP listener.
 *
 * @param address the IP address that it is on; that of every interface is {@code 0.0.0.0} or {@code ::}
 * @param filters what looks at connections first, in this order
 * @param chains a listener with several chains picks one by its match
 * @param chainMatcher picks one by its name instead, whatever their matches say
 * @param defaultChain for connections that no other chain takes
 * @param unmodelled parts of the listener that may change any decision
 */
public record InboundListener(
        String name,
        String address,
        int port,
        List<InboundFilter> filters,
        List<FilterChain> chains,
        Optional<Matcher> chainMatcher,
        Optional<FilterChain> defaultChain,
        List<Unmodelled> unmodelled) {
    public InboundListener {
        filters = List.copyOf(filters);
        chains = List.copyOf(chains);
        unmodelled = List.copyOf(unmodelled);
    }

    /** Whether a TLS inspector tells the server name; without it Envoy's SNI input is empty. */
    public boolean inspectsTls() {
        return filters.stream().anyMatch(InboundFilter.TlsInspector.class::isInstance);
    }

    public InboundListener withFilters(List<InboundFilter> others) {
        return new InboundListener(name, address, port, others, chains, chainMatcher, defaultChain, unmodelled);
    }

    public InboundListener onPort(int other) {
        return new InboundListener(name, address, other, filters, chains, chainMatcher, defaultChain, unmodelled);
    }

    /** The same with other chains, each for whom its own match says. */
    public InboundListener withChains(List<FilterChain> others, Optional<FilterChain> otherDefault) {
        return new InboundListener(name, address, port, filters, others, Optional.empty(), otherDefault, unmodelled);
    }

    /** The same under no name and on no address. */
    public InboundListener withoutPlace() {
        return new InboundListener("", "", port, filters, chains, chainMatcher, defaultChain, unmodelled);
    }
}
