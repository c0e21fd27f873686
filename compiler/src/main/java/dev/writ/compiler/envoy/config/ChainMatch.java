package dev.writ.compiler.envoy.config;

import java.util.List;
import java.util.Optional;

/** Which connections a filter chain is for. */
public sealed interface ChainMatch permits ChainMatch.Of, Unmodelled {

    /** Every connection. */
    ChainMatch ANY = new Of(
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            SourceType.ANY,
            List.of(),
            List.of());

    /**
     * All of what is named here; each list is satisfied by one of its members, and by everything if it is empty. The order is that
     * in which Envoy looks.
     *
     * @param destinations blocks of the address that is called
     * @param serverNames of TLS; {@code *.example.com} is every name below
     * @param transport {@code tls} or {@code raw_buffer}; empty for both
     * @param applicationProtocols one of which the caller offers (ALPN)
     * @param directSources blocks of the address that the connection is from
     * @param sources the same, or what a proxy before says
     */
    record Of(
            Optional<Integer> destinationPort,
            List<IpBlock> destinations,
            List<String> serverNames,
            Optional<String> transport,
            List<String> applicationProtocols,
            List<IpBlock> directSources,
            SourceType sourceType,
            List<IpBlock> sources,
            List<Integer> sourcePorts)
            implements ChainMatch {
        public Of {
            destinations = List.copyOf(destinations);
            serverNames = List.copyOf(serverNames);
            applicationProtocols = List.copyOf(applicationProtocols);
            directSources = List.copyOf(directSources);
            sources = List.copyOf(sources);
            sourcePorts = List.copyOf(sourcePorts);
        }
    }

    /** Where a caller is. */
    enum SourceType {
        ANY,
        /** On this machine: a loopback address, or the one that is called. */
        SAME_IP_OR_LOOPBACK,
        EXTERNAL
    }
}
