package dev.writ.runtime.proxy;

import dev.writ.runtime.identity.Svid;
import dev.writ.runtime.judge.Peer;
import dev.writ.runtime.judge.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A request to a listener of the real Envoy.
 *
 * @param proxied whether its addresses are told by the PROXY protocol; otherwise they are those of the connection, as far as the
 *     request says them
 */
record FuzzCall(String listener, Request request, boolean proxied, FuzzAuthorities authorities) {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    FuzzSeen send(int port, int seconds, EvidenceLog log) throws IOException, InterruptedException, ExecutionException {
        Future<List<Evidence>> lines;
        Request asMade = request;
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(seconds * 1_000);
            if (!proxied && request.source().ip() != null) {
                socket.bind(new InetSocketAddress(request.source().ip(), 0));
            }
            socket.connect(new InetSocketAddress(LOOPBACK, port), seconds * 1_000);
            lines = log.expect(Evidence.Connection.of(socket));
            if (proxied) {
                socket.getOutputStream()
                        .write(proxyHeader(request.source(), request.destination())
                                .getBytes(StandardCharsets.US_ASCII));
            } else {
                asMade = withAddresses(
                        new Request.Endpoint(socket.getLocalAddress().getHostAddress(), socket.getLocalPort()),
                        new Request.Endpoint(LOOPBACK.getHostAddress(), port));
            }
            if (request.proxyHeader() instanceof Request.ProxyHeader.Told header) {
                String line = proxyHeader(header.source(), header.destination());
                socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            }
            exchange(socket);
        }
        try {
            return new FuzzSeen(asMade, lines.get(seconds, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return new FuzzSeen(asMade, List.of());
        }
    }

    private void exchange(Socket socket) throws IOException {
        try {
            Socket secured = secured(socket);
            secured.getOutputStream().write(text().getBytes(StandardCharsets.UTF_8));
            var unused = secured.getInputStream().read();
        } catch (IOException e) {
            // A refusal, or silence; Envoy's log says which.
        }
    }

    private Socket secured(Socket socket) {
        return switch (request.peer()) {
            case Peer.Plaintext plaintext -> socket;
            case Peer.Anonymous anonymous -> tls(socket, null);
            case Peer.Certificate certificate -> tls(socket, authorities.caller(certificate));
        };
    }

    private Socket tls(Socket socket, @Nullable Svid svid) {
        return CallerTls.over(socket, svid, authorities.callee(), request.serverName(), request.applicationProtocols());
    }

    private static String proxyHeader(Request.Endpoint source, Request.Endpoint destination) {
        String family = String.valueOf(source.ip()).contains(":") ? "TCP6" : "TCP4";
        return "PROXY " + family + " " + source.ip() + " " + destination.ip() + " " + source.port() + " "
                + destination.port() + "\r\n";
    }

    private String text() {
        StringBuilder text = new StringBuilder(
                request.method() + " " + request.path() + " HTTP/1.1\r\nhost: " + request.host() + "\r\n");
        for (Request.Header header : FuzzCase.headers(request)) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (List.of("POST", "PUT", "PATCH").contains(request.method())) {
            text.append("content-length: 0\r\n");
        }
        return text.append("\r\n").toString();
    }

    private Request withAddresses(Request.Endpoint source, Request.Endpoint destination) {
        return new Request(
                request.peer(),
                request.applicationProtocols(),
                request.serverName(),
                source,
                destination,
                request.proxyHeader(),
                request.method(),
                request.path(),
                request.host(),
                request.headers());
    }
}
