package dev.writ.compiler.envoy.config;

import java.util.List;
import java.util.Optional;

/** Which connections a filter chain is for. */
public sealed interface ChainMatch permits ChainMatch.Of, Unmodelled {

    /** Every connection. */
    ChainMatch ANY = new Of(Optional.empty(), List.of());

    /**
     * By what a TLS inspector finds out.
     *
     * @param transport {@code tls} or {@code raw_buffer}; empty for both
     * @param applicationProtocols one of which the caller offers (ALPN); empty for all callers
     */
    record Of(Optional<String> transport, List<String> applicationProtocols) implements ChainMatch {
        public Of {
            applicationProtocols = List.copyOf(applicationProtocols);
        }
    }
}
