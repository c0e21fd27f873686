package dev.writ.runtime.judge;

import com.google.common.net.InetAddresses;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlNode.Entry;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import dev.writ.runtime.judge.Peer.Issuer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one request of a table. */
final class RequestReader {
    private static final List<String> OF_CERTIFICATE =
            List.of("uri_sans", "dns_sans", "subject", "issuer", "not_after");

    private final DiagnosticSink sink;

    RequestReader(DiagnosticSink sink) {
        this.sink = sink;
    }

    Request read(TableFields fields) {
        YamlNode tls = fields.take("tls");
        TableFields tlsFields = tls instanceof Mapping mapping ? new TableFields(mapping, sink) : null;
        Request.Builder request = Request.from(tlsFields == null ? named(tls) : told(tlsFields))
                .serverName(fields.text("sni"))
                .source(ip(fields, "source_ip"), fields.port("source_port"))
                .destination(ip(fields, "destination_ip"), fields.port("destination_port"))
                .method(Objects.requireNonNullElse(fields.text("method"), "GET"))
                .path(Objects.requireNonNullElse(fields.text("path"), "/"))
                .host(fields.text("host"));
        if (tlsFields != null) {
            request.applicationProtocols(tlsFields.texts("alpn"));
            tlsFields.refuseOthers();
        }
        request.proxyHeader(proxyHeader(fields.take("proxy_protocol")));
        addHeaders(fields.take("headers"), request);
        return request.build();
    }

    private Request.@Nullable ProxyHeader proxyHeader(@Nullable YamlNode node) {
        switch (node) {
            case null -> {
                return null;
            }
            case Mapping mapping -> {
                TableFields fields = new TableFields(mapping, sink);
                Request.ProxyHeader told = new Request.ProxyHeader.Told(
                        version(fields.take("version")),
                        new Request.Endpoint(ip(fields, "source_ip"), fields.port("source_port")),
                        new Request.Endpoint(ip(fields, "destination_ip"), fields.port("destination_port")));
                fields.refuseOthers();
                return told;
            }
            case YamlNode other -> {
                if (!(other instanceof Scalar scalar) || !scalar.value().equals("none")) {
                    sink.add(
                            DiagnosticId.SCHEMA_INVALID_VALUE,
                            other.span(),
                            "`proxy_protocol` is none, or what it tells: "
                                    + "`{source_ip, source_port, destination_ip, destination_port}`");
                }
                return new Request.ProxyHeader.None();
            }
        }
    }

    private @Nullable Integer version(@Nullable YamlNode node) {
        String text = node instanceof Scalar scalar ? scalar.value() : "";
        if (node == null || text.equals("1") || text.equals("2")) {
            return node == null ? null : Integer.valueOf(text);
        }
        sink.add(DiagnosticId.SCHEMA_INVALID_VALUE, node.span(), "`version` of the PROXY protocol is 1 or 2");
        return null;
    }

    private Peer named(@Nullable YamlNode tls) {
        String word = tls == null ? "plaintext" : tls instanceof Scalar scalar ? scalar.value() : "";
        switch (word) {
            case "plaintext", "none" -> {
                return new Peer.Plaintext();
            }
            case "anonymous" -> {
                return new Peer.Anonymous();
            }
            default -> {
                sink.add(
                        DiagnosticId.SCHEMA_INVALID_VALUE,
                        Objects.requireNonNull(tls).span(),
                        "`tls` is plaintext, anonymous, or a certificate: `{uri_sans: […]}`");
                return new Peer.Plaintext();
            }
        }
    }

    private Peer told(TableFields tls) {
        boolean certificate = OF_CERTIFICATE.stream().anyMatch(tls::has);
        String issuer = tls.text("issuer");
        Peer.Certificate told = new Peer.Certificate(
                tls.texts("uri_sans"),
                tls.texts("dns_sans"),
                Objects.requireNonNullElse(tls.text("subject"), ""),
                issuer == null ? new Issuer.Trusted() : new Issuer.Named(issuer),
                time(tls));
        return certificate ? told : new Peer.Anonymous();
    }

    private @Nullable Instant time(TableFields tls) {
        YamlNode node = tls.take("not_after");
        if (node == null) {
            return null;
        }
        String text = node instanceof Scalar scalar ? scalar.value().replace(' ', 'T') : "";
        try {
            return text.length() <= "2026-01-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)") ? text : text + "Z")
                            .toInstant();
        } catch (DateTimeException e) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    node.span(),
                    "`not_after` is a time, as in `2026-01-31T00:00:00Z`");
            return null;
        }
    }

    private @Nullable String ip(TableFields fields, String name) {
        YamlNode node = fields.take(name);
        String text = node instanceof Scalar scalar ? scalar.value() : null;
        if (node != null && (text == null || !InetAddresses.isInetAddress(text))) {
            sink.add(DiagnosticId.SCHEMA_INVALID_VALUE, node.span(), "`" + name + "` is an IP address");
            return null;
        }
        return text;
    }

    /** A mapping of names to one value or several, or a list of {@code {name, value}}. */
    private void addHeaders(@Nullable YamlNode headers, Request.Builder request) {
        switch (headers) {
            case null -> {}
            case Mapping mapping -> mapping.entries().forEach(entry -> addHeader(entry, request));
            case Sequence list -> {
                for (YamlNode item : list.items()) {
                    if (item instanceof Mapping pair) {
                        TableFields fields = new TableFields(pair, sink);
                        if (!fields.has("name")) {
                            sink.add(DiagnosticId.SCHEMA_MISSING_FIELD, fields.span(), "a header needs `name`");
                        }
                        addHeader(
                                Objects.requireNonNullElse(fields.text("name"), ""),
                                Objects.requireNonNullElse(fields.text("value"), ""),
                                request);
                        fields.refuseOthers();
                    } else {
                        sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, item.span(), "a header is `{name, value}`");
                    }
                }
            }
            case Scalar scalar -> sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, scalar.span(), "`headers` is a mapping");
        }
    }

    private static void addHeader(String name, String value, Request.Builder request) {
        switch (name) {
            case ":method" -> request.method(value);
            case ":path" -> request.path(value);
            case ":authority" -> request.host(value);
            default -> request.header(name, value);
        }
    }

    private void addHeader(Entry entry, Request.Builder request) {
        String name = entry.key().value();
        for (YamlNode value : entry.value() instanceof Sequence list ? list.items() : List.of(entry.value())) {
            if (value instanceof Scalar scalar && scalar.type() != ScalarType.NULL) {
                addHeader(name, scalar.value(), request);
            } else {
                sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, value.span(), "the value of a header is a text");
            }
        }
    }
}
