package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the transport let in, as the filters see it. An address or a port that is null is one that nobody says.
 *
 * @param directSource who opened the connection; the source is whom the PROXY protocol says that it is from
 * @param tls false for plaintext
 * @param noHttp what the filters read instead of HTTP; null for HTTP
 * @param certificate of the client; null without one
 * @param validated whether TLS found nothing wrong with it
 * @param serverName in lower case; empty if there is none, or if nothing looks at it
 * @param http null below HTTP
 */
record Connection(
        @Nullable InetAddress source,
        @Nullable Integer sourcePort,
        @Nullable InetAddress directSource,
        @Nullable InetAddress destination,
        @Nullable Integer destinationPort,
        boolean tls,
        @Nullable String noHttp,
        Peer.@Nullable Certificate certificate,
        boolean validated,
        String serverName,
        @Nullable HttpRequest http)
        implements MatchData {

    static final String SOURCE_ADDRESS = "source address";
    static final String SOURCE_PORT = "source port";
    static final String DESTINATION_ADDRESS = "destination address";
    static final String DESTINATION_PORT = "destination port";

    Connection with(HttpRequest request) {
        return new Connection(
                source,
                sourcePort,
                directSource,
                destination,
                destinationPort,
                tls,
                noHttp,
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

    @Override
    public MatchValue value(MatchInput input) {
        return switch (input) {
            case MatchInput.UriSan uriSan ->
                ofCertificate(certificate == null ? "" : String.join(",", certificate.uriSans()));
            case MatchInput.DnsSan dnsSan ->
                ofCertificate(certificate == null ? "" : String.join(",", certificate.dnsSans()));
            case MatchInput.Subject subject -> ofCertificate(certificate == null ? "" : certificate.subject());
            case MatchInput.ServerName sni -> MatchData.textOrEmpty(serverName);
            case MatchInput.DestinationIp ip -> MatchData.address(destination, DESTINATION_ADDRESS);
            case MatchInput.DestinationPort port -> MatchData.port(destinationPort, DESTINATION_PORT);
            case MatchInput.SourceIp ip -> MatchData.address(remote(), SOURCE_ADDRESS);
            case MatchInput.DirectSourceIp ip -> MatchData.address(directSource, SOURCE_ADDRESS);
            case MatchInput.SourcePort port -> MatchData.port(remotePort(), SOURCE_PORT);
            case MatchInput.Header header -> http == null ? MatchValue.UNAVAILABLE : http.joined(header.name());
            // Envoy takes these only where a filter chain is chosen.
            case MatchInput.SourceType type -> MatchValue.UNAVAILABLE;
            case MatchInput.TransportProtocol transport -> MatchValue.UNAVAILABLE;
            case MatchInput.ApplicationProtocols protocols -> MatchValue.UNAVAILABLE;
            case Unmodelled unmodelled -> new MatchValue.Unknown(unmodelled.reason());
        };
    }

    private MatchValue ofCertificate(String text) {
        return tls ? MatchData.textOrEmpty(text) : MatchValue.UNAVAILABLE;
    }

    static String lowerCase(@Nullable String serverName) {
        return serverName == null ? "" : serverName.toLowerCase(Locale.ROOT);
    }
}
