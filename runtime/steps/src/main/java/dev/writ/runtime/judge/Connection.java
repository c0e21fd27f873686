package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the transport let in, as the filters see it. An address or a port that is null is one that nobody says.
 *
 * @param tls false for plaintext
 * @param handshakeAsBytes whether the caller speaks TLS and nothing here does: its handshake is what the filters read
 * @param certificate of the client; null without one
 * @param validated whether TLS found nothing wrong with it
 * @param serverName in lower case; empty if there is none, or if nothing looks at it
 * @param http null below HTTP
 */
record Connection(
        @Nullable InetAddress source,
        @Nullable Integer sourcePort,
        @Nullable InetAddress destination,
        @Nullable Integer destinationPort,
        boolean tls,
        boolean handshakeAsBytes,
        Peer.@Nullable Certificate certificate,
        boolean validated,
        String serverName,
        @Nullable HttpRequest http) {

    static final String SOURCE_ADDRESS = "source address";
    static final String SOURCE_PORT = "source port";
    static final String DESTINATION_ADDRESS = "destination address";
    static final String DESTINATION_PORT = "destination port";

    Connection with(HttpRequest request) {
        return new Connection(
                source,
                sourcePort,
                destination,
                destinationPort,
                tls,
                handshakeAsBytes,
                certificate,
                validated,
                serverName,
                request);
    }

    /** Whom the request is from: on HTTP as far as the connection manager believes what it says. */
    @Nullable
    InetAddress remote() {
        return http == null ? source : http.remote();
    }

    /** A header that says whom a request is from says nothing of the port, which is 0 then (tried on 1.40.0). */
    private @Nullable Integer remotePort() {
        return http == null ? sourcePort : http.remotePort();
    }

    /** What Envoy's input holds. */
    MatchValue value(MatchInput input) {
        return switch (input) {
            case MatchInput.UriSan uriSan ->
                ofCertificate(certificate == null ? "" : String.join(",", certificate.uriSans()));
            case MatchInput.DnsSan dnsSan ->
                ofCertificate(certificate == null ? "" : String.join(",", certificate.dnsSans()));
            case MatchInput.Subject subject -> ofCertificate(certificate == null ? "" : certificate.subject());
            case MatchInput.ServerName sni -> textOrEmpty(serverName);
            case MatchInput.DestinationIp ip -> address(destination, DESTINATION_ADDRESS);
            case MatchInput.DestinationPort port -> port(destinationPort, DESTINATION_PORT);
            case MatchInput.SourceIp ip -> address(remote(), SOURCE_ADDRESS);
            case MatchInput.DirectSourceIp ip -> address(source, SOURCE_ADDRESS);
            case MatchInput.SourcePort port -> port(remotePort(), SOURCE_PORT);
            case MatchInput.Header header -> http == null ? MatchValue.UNAVAILABLE : http.joined(header.name());
            case Unmodelled unmodelled -> new MatchValue.Unknown(unmodelled.reason());
        };
    }

    private MatchValue ofCertificate(String text) {
        return tls ? textOrEmpty(text) : MatchValue.UNAVAILABLE;
    }

    private static MatchValue textOrEmpty(String text) {
        return text.isEmpty() ? MatchValue.EMPTY : new MatchValue.Text(text);
    }

    private static MatchValue address(@Nullable InetAddress address, String what) {
        return address == null ? unsaid(what) : new MatchValue.Text(IpAddresses.text(address));
    }

    private static MatchValue port(@Nullable Integer port, String what) {
        return port == null ? unsaid(what) : new MatchValue.Text(String.valueOf(port));
    }

    private static MatchValue unsaid(String what) {
        return new MatchValue.Unknown("the request does not say its " + what);
    }

    static String lowerCase(@Nullable String serverName) {
        return serverName == null ? "" : serverName.toLowerCase(Locale.ROOT);
    }
}
