package dev.writ.runtime.judge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to a config of Envoy, told as it comes in from the network. What it leaves open (null) and a config asks for makes
 * the verdict unknown.
 *
 * @param applicationProtocols what the caller offers by ALPN
 * @param serverName the TLS server name (SNI); null for none
 * @param source the caller's address
 * @param destination the address that it called; null for the listener's
 * @param proxyHeader what a proxy has put before it by the PROXY protocol; null if nobody says
 * @param path the request target: the path with its query, if any
 * @param host the host header, or {@code :authority}
 * @param headers all others
 */
public record Request(
        Peer peer,
        List<String> applicationProtocols,
        @Nullable String serverName,
        Endpoint source,
        Endpoint destination,
        @Nullable ProxyHeader proxyHeader,
        String method,
        String path,
        @Nullable String host,
        @Nullable List<Header> headers) {

    public Request {
        applicationProtocols = List.copyOf(applicationProtocols);
        headers = headers == null ? null : List.copyOf(headers);
    }

    /** An IP address and a port; null where nobody says. */
    public record Endpoint(@Nullable String ip, @Nullable Integer port) {
        public static final Endpoint UNSAID = new Endpoint(null, null);
    }

    /** What a proxy tells of a connection by the PROXY protocol, before all else. */
    public sealed interface ProxyHeader {
        record None() implements ProxyHeader {}

        /** @param version 1 or 2; null where nobody says */
        record Told(@Nullable Integer version, Endpoint source, Endpoint destination) implements ProxyHeader {}
    }

    /** A header as it is sent; one name may come several times. */
    public record Header(String name, String value) {}

    /** {@code GET /} of this peer, nothing else said. */
    public static Builder from(Peer peer) {
        return new Builder(peer);
    }

    /** Puts a request together. */
    public static final class Builder {
        private final Peer peer;
        private List<String> applicationProtocols = List.of();
        private @Nullable String serverName;
        private Endpoint source = Endpoint.UNSAID;
        private Endpoint destination = Endpoint.UNSAID;
        private @Nullable ProxyHeader proxyHeader;
        private String method = "GET";
        private String path = "/";
        private @Nullable String host;
        private @Nullable List<Header> headers = List.of();

        private Builder(Peer peer) {
            this.peer = peer;
        }

        public Builder applicationProtocols(List<String> offered) {
            this.applicationProtocols = offered;
            return this;
        }

        public Builder serverName(@Nullable String name) {
            this.serverName = name;
            return this;
        }

        public Builder source(@Nullable String ip, @Nullable Integer port) {
            this.source = new Endpoint(ip, port);
            return this;
        }

        public Builder destination(@Nullable String ip, @Nullable Integer port) {
            this.destination = new Endpoint(ip, port);
            return this;
        }

        public Builder proxyHeader(@Nullable ProxyHeader header) {
            this.proxyHeader = header;
            return this;
        }

        public Builder method(String name) {
            this.method = name;
            return this;
        }

        public Builder path(String target) {
            this.path = target;
            return this;
        }

        public Builder host(@Nullable String name) {
            this.host = name;
            return this;
        }

        public Builder header(String name, String value) {
            List<Header> more = new ArrayList<>(headers == null ? List.of() : headers);
            more.add(new Header(name, value));
            this.headers = more;
            return this;
        }

        /** Nobody says which headers there are. */
        public Builder headersUnsaid() {
            this.headers = null;
            return this;
        }

        public Request build() {
            return new Request(
                    peer,
                    applicationProtocols,
                    serverName,
                    source,
                    destination,
                    proxyHeader,
                    method,
                    path,
                    host,
                    headers);
        }
    }
}
