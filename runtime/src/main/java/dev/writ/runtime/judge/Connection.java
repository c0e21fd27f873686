package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A connection that the transport let in, as the filters see it.
 *
 * @param tls false for plaintext
 * @param handshakeAsBytes whether the caller speaks TLS and nothing here does: its handshake is what the filters read
 * @param uriSans of the client certificate; empty without one
 * @param serverName empty if there is none, or if nothing looks at it
 * @param request empty below HTTP
 */
record Connection(
        int port,
        boolean tls,
        boolean handshakeAsBytes,
        List<String> uriSans,
        Optional<String> serverName,
        Optional<HttpRequest> request) {

    /** @param path as the connection manager hands it on */
    record HttpRequest(String method, String path) {}

    Connection {
        uriSans = List.copyOf(uriSans);
    }

    Connection with(HttpRequest seen) {
        return new Connection(port, tls, handshakeAsBytes, uriSans, serverName, Optional.of(seen));
    }

    /**
     * What Envoy's input holds. The callers that Writ judges have nothing in their certificates but URI SANs: no DNS SAN,
     * an empty subject.
     */
    MatchValue value(MatchInput input) {
        return switch (input) {
            case MatchInput.UriSan uriSan ->
                ofCertificate(uriSans.isEmpty() ? new MatchValue.Empty() : text(String.join(",", uriSans)));
            case MatchInput.DnsSan dnsSan -> ofCertificate(new MatchValue.Empty());
            case MatchInput.Subject subject -> ofCertificate(new MatchValue.Empty());
            case MatchInput.ServerName sni ->
                serverName.map(name -> text(name.toLowerCase(Locale.ROOT))).orElseGet(MatchValue.Empty::new);
            case MatchInput.DestinationPort destination -> text(String.valueOf(port));
            case MatchInput.Header header ->
                request.map(seen -> header(header.name(), seen)).orElseGet(MatchValue.Unavailable::new);
            case Unmodelled unmodelled -> new MatchValue.Unknown(unmodelled.reason());
        };
    }

    private MatchValue ofCertificate(MatchValue value) {
        return tls ? value : new MatchValue.Unavailable();
    }

    private static MatchValue header(String name, HttpRequest seen) {
        return switch (name) {
            case ":method" -> text(seen.method());
            case ":path" -> text(seen.path());
            default -> new MatchValue.Unknown("the call does not say what the header `" + name + "` holds");
        };
    }

    private static MatchValue text(String text) {
        return new MatchValue.Text(text);
    }
}
