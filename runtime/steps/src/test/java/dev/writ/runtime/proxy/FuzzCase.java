package dev.writ.runtime.proxy;

import dev.writ.runtime.judge.Peer;
import dev.writ.runtime.judge.Request;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A config and a request to it.
 *
 * @param proxied whether the request's addresses come by the PROXY protocol
 */
record FuzzCase(Listener listener, Request request, boolean proxied) {

    FuzzCase with(Listener smaller) {
        return new FuzzCase(smaller, request, proxied);
    }

    FuzzCase with(Request smaller) {
        return new FuzzCase(listener, smaller, proxied);
    }

    /** As a table for {@code writ decide}, which is YAML and so may hold JSON. */
    String asTable() {
        return "cases:\n- id: fuzz\n  config: " + indented(FuzzMessages.print(listener)) + "\n  requests:\n  - {"
                + request(request) + "}\n";
    }

    private static String request(Request request) {
        String headers = headers(request).stream()
                .map(header -> quoted(header.name()) + ": " + quoted(header.value()))
                .collect(Collectors.joining(", ", "{", "}"));
        return "method: " + request.method() + ", path: " + quoted(request.path()) + ", host: "
                + quoted(String.valueOf(request.host())) + ", headers: " + headers + ",\n     source_ip: "
                + quoted(String.valueOf(request.source().ip())) + ", source_port: "
                + request.source().port() + ", destination_ip: "
                + quoted(String.valueOf(request.destination().ip())) + ", destination_port: "
                + request.destination().port() + proxyHeader(request.proxyHeader()) + ",\n     sni: "
                + (request.serverName() == null ? "null" : quoted(request.serverName())) + ", tls: "
                + peer(request.peer(), request.applicationProtocols());
    }

    private static String proxyHeader(Request.@Nullable ProxyHeader header) {
        return switch (header) {
            case null -> "";
            case Request.ProxyHeader.None none -> ", proxy_protocol: none";
            case Request.ProxyHeader.Told told ->
                ", proxy_protocol: {version: " + told.version() + ", source_ip: "
                        + quoted(String.valueOf(told.source().ip())) + ", source_port: "
                        + told.source().port() + ", destination_ip: "
                        + quoted(String.valueOf(told.destination().ip())) + ", destination_port: "
                        + told.destination().port() + "}";
        };
    }

    static List<Request.Header> headers(Request request) {
        return Objects.requireNonNull(request.headers());
    }

    private static String peer(Peer peer, List<String> alpn) {
        return switch (peer) {
            case Peer.Plaintext plaintext -> "plaintext";
            case Peer.Anonymous anonymous -> alpn.isEmpty() ? "anonymous" : "{alpn: " + quoted(alpn) + "}";
            case Peer.Certificate certificate ->
                "{uri_sans: " + quoted(certificate.uriSans()) + ", dns_sans: " + quoted(certificate.dnsSans())
                        + ", subject: " + quoted(certificate.subject()) + ", issuer: " + issuer(certificate.issuer())
                        + (certificate.notAfter() == null
                                ? ""
                                : ", not_after: "
                                        + quoted(certificate.notAfter().toString()))
                        + (alpn.isEmpty() ? "" : ", alpn: " + quoted(alpn)) + "}";
        };
    }

    private static String issuer(Peer.Issuer issuer) {
        return switch (issuer) {
            case Peer.Issuer.Trusted trusted -> "null";
            case Peer.Issuer.Untrusted untrusted -> quoted(FuzzAuthorities.FOREIGN);
            case Peer.Issuer.OfTrustDomain of -> quoted(of.trustDomain());
            case Peer.Issuer.Named named -> quoted(named.name());
        };
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(FuzzCase::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String indented(String text) {
        return text.replace("\n", "\n    ");
    }
}
