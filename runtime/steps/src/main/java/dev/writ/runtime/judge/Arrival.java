package dev.writ.runtime.judge;

import com.google.common.net.InetAddresses;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it comes to the choice of a filter chain. An address or a port that is null is one that nobody says.
 *
 * @param source who opened the connection, or whom the PROXY protocol says that it is from
 * @param directSource who opened the connection
 * @param serverName in lower case; empty if there is none, or if nothing looks at it
 * @param transport {@code tls} or {@code raw_buffer}
 * @param begins what the caller begins with that is neither TLS nor HTTP; null for nothing
 */
record Arrival(
        @Nullable InetAddress source,
        @Nullable Integer sourcePort,
        @Nullable InetAddress directSource,
        @Nullable InetAddress destination,
        @Nullable Integer destinationPort,
        String serverName,
        String transport,
        List<String> applicationProtocols,
        @Nullable String begins)
        implements MatchData {

    static final String TLS = "tls";
    static final String PLAINTEXT = "raw_buffer";
    static final String PROXY_HEADER = "a header of the PROXY protocol";

    private static final Set<InetAddress> LOOPBACK =
            Set.of(InetAddresses.forString("127.0.0.1"), InetAddresses.forString("::1"));

    Arrival {
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /** Before anything has looked at it. */
    static Arrival at(InboundListener listener, Request request) {
        InetAddress source = IpAddresses.parse(request.source().ip());
        return new Arrival(
                source,
                request.source().port(),
                source,
                destination(listener, request),
                destinationPort(listener, request),
                "",
                PLAINTEXT,
                List.of(),
                request.proxyHeader() instanceof Request.ProxyHeader.Told ? PROXY_HEADER : null);
    }

    private static @Nullable InetAddress destination(InboundListener listener, Request request) {
        if (request.destination().ip() != null || listener.address().isEmpty()) {
            return IpAddresses.parse(request.destination().ip());
        }
        InetAddress bound = IpAddresses.parse(listener.address());
        return bound == null || bound.isAnyLocalAddress() ? null : bound;
    }

    private static @Nullable Integer destinationPort(InboundListener listener, Request request) {
        Integer said = request.destination().port();
        return said != null ? said : listener.port() == 0 ? null : Integer.valueOf(listener.port());
    }

    Arrival ofTls(String name, List<String> protocols) {
        return new Arrival(
                source, sourcePort, directSource, destination, destinationPort, name, TLS, protocols, begins);
    }

    Arrival speaking(String protocol) {
        return new Arrival(
                source,
                sourcePort,
                directSource,
                destination,
                destinationPort,
                serverName,
                transport,
                List.of(protocol),
                begins);
    }

    Arrival to(Request.Endpoint meant) {
        return new Arrival(
                source,
                sourcePort,
                directSource,
                IpAddresses.parse(meant.ip()),
                meant.port(),
                serverName,
                transport,
                applicationProtocols,
                begins);
    }

    /** With the addresses that a header has told, and without the header. */
    Arrival told(Request.Endpoint from, Request.Endpoint to) {
        return new Arrival(
                IpAddresses.parse(from.ip()),
                from.port(),
                directSource,
                IpAddresses.parse(to.ip()),
                to.port(),
                serverName,
                transport,
                applicationProtocols,
                null);
    }

    /**
     * Whether the caller is on this machine; unknown where addresses that tell it are unsaid. Of the loopback Envoy knows no address but
     * the first (found by the fuzzer: from 127.77.5.9 to 127.0.0.1 is not local).
     */
    Truth isLocal() {
        boolean loopback = source != null && LOOPBACK.contains(source);
        if (source == null || destination == null && !loopback) {
            return IpAddresses.unsaid(source == null ? Connection.SOURCE_ADDRESS : Connection.DESTINATION_ADDRESS);
        }
        return Truth.of(loopback || source.equals(destination));
    }

    /** A certificate is not there yet, nor a request: asking for them ends the choice as if nothing had matched. */
    @Override
    public MatchValue value(MatchInput input) {
        return switch (input) {
            case MatchInput.UriSan uriSan -> MatchValue.UNAVAILABLE;
            case MatchInput.DnsSan dnsSan -> MatchValue.UNAVAILABLE;
            case MatchInput.Subject subject -> MatchValue.UNAVAILABLE;
            case MatchInput.Header header -> MatchValue.UNAVAILABLE;
            case MatchInput.ServerName sni -> MatchData.textOrEmpty(serverName);
            case MatchInput.DestinationIp ip -> MatchData.address(destination, Connection.DESTINATION_ADDRESS);
            case MatchInput.DestinationPort port -> MatchData.port(destinationPort, Connection.DESTINATION_PORT);
            case MatchInput.SourceIp ip -> MatchData.address(source, Connection.SOURCE_ADDRESS);
            case MatchInput.DirectSourceIp ip -> MatchData.address(directSource, Connection.SOURCE_ADDRESS);
            case MatchInput.SourcePort port -> MatchData.port(sourcePort, Connection.SOURCE_PORT);
            case MatchInput.SourceType type -> sourceType();
            case MatchInput.TransportProtocol protocol -> new MatchValue.Text(transport);
            case MatchInput.ApplicationProtocols protocols ->
                MatchData.textOrEmpty(applicationProtocols.stream()
                        .map(protocol -> "'" + protocol + "'")
                        .collect(Collectors.joining(",")));
            case Unmodelled unmodelled -> new MatchValue.Unknown(unmodelled.reason());
        };
    }

    private MatchValue sourceType() {
        return switch (isLocal()) {
            case Truth.Yes yes -> new MatchValue.Text("local");
            case Truth.Unknown unknown -> new MatchValue.Unknown(unknown.reason());
            case Truth.No no -> MatchValue.EMPTY;
            case Truth.Stopped stopped -> MatchValue.EMPTY;
        };
    }
}
