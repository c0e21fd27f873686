package dev.writ.compiler.envoy.config;

/** What of a call a matcher looks at. */
public sealed interface MatchInput
        permits MatchInput.UriSan,
                MatchInput.DnsSan,
                MatchInput.Subject,
                MatchInput.ServerName,
                MatchInput.DestinationIp,
                MatchInput.DestinationPort,
                MatchInput.SourceIp,
                MatchInput.DirectSourceIp,
                MatchInput.SourcePort,
                MatchInput.Header,
                MatchInput.SourceType,
                MatchInput.TransportProtocol,
                MatchInput.ApplicationProtocols,
                Unmodelled {

    /** The URI SANs of the client certificate, joined with commas. */
    record UriSan() implements MatchInput {}

    /** Its DNS SANs, joined with commas. */
    record DnsSan() implements MatchInput {}

    record Subject() implements MatchInput {}

    /** The TLS server name, which Envoy turns to lower case; empty without a TLS inspector. */
    record ServerName() implements MatchInput {}

    record DestinationIp() implements MatchInput {}

    record DestinationPort() implements MatchInput {}

    /** Whom the request says that it is from, as far as the connection manager believes it. */
    record SourceIp() implements MatchInput {}

    /** Who opened the connection. */
    record DirectSourceIp() implements MatchInput {}

    record SourcePort() implements MatchInput {}

    /** A request header, {@code :method} and {@code :path} (with the query) among them; the name is in lower case. */
    record Header(String name) implements MatchInput {}

    /** {@code local} for a caller on this machine, else empty. Like the next two it is asked only to choose a filter chain. */
    record SourceType() implements MatchInput {}

    /** {@code tls} or {@code raw_buffer}, as an inspector has found it. */
    record TransportProtocol() implements MatchInput {}

    /** What the caller offers by ALPN, each in quotes, with commas between: {@code 'h2','http/1.1'}. */
    record ApplicationProtocols() implements MatchInput {}
}
