package dev.writ.compiler.envoy.config;

/** A listener filter: it looks at a connection, or changes what is known of it, before a filter chain takes it. */
public sealed interface InboundFilter {

    /** The destination ports of connections that it does not look at. */
    PortSet disabledFor();

    /** Tells transport, server name and ALPN of a TLS handshake. Without one every connection counts as plaintext without a name. */
    record TlsInspector(PortSet disabledFor) implements InboundFilter {}

    /** Tells the application protocol of plain HTTP. */
    record HttpInspector(PortSet disabledFor) implements InboundFilter {}

    /** Gives a connection that was redirected here the destination that its caller meant. */
    record OriginalDestination(PortSet disabledFor) implements InboundFilter {}

    /**
     * Takes the addresses of a connection from the header that a proxy has put before it.
     *
     * @param optional whether a connection without one is taken as it is; otherwise Envoy ends it
     * @param refusesV1 whether a header of version 1 counts as none
     * @param refusesV2 the same of version 2
     */
    record ProxyProtocol(PortSet disabledFor, boolean optional, boolean refusesV1, boolean refusesV2)
            implements InboundFilter {}
}
