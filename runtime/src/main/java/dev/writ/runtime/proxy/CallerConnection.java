package dev.writ.runtime.proxy;

import dev.writ.runtime.proxy.Evidence.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One call on the wire: connect, say something, wait for the beginning of an answer or the end, go. */
final class CallerConnection {
    private static final int TIMEOUT_MILLIS = 15_000;

    private CallerConnection() {}

    /** How the call went, seen from the caller. By itself it is no verdict. */
    enum Answer {
        /** Bytes came back. */
        ANSWERED,
        /** The connection was ended, or the handshake failed. */
        ENDED
    }

    /**
     * Calls.
     *
     * @param onConnect gets the ports before anything is sent
     * @param secured puts TLS over the socket, or not
     * @throws IOException if the connection was not even accepted, or nothing happened for long
     */
    static Answer call(int port, String payload, Consumer<Connection> onConnect, UnaryOperator<Socket> secured)
            throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            onConnect.accept(new Connection(socket.getLocalPort(), port));
            return exchange(secured.apply(socket), payload);
        }
    }

    private static Answer exchange(Socket socket, String payload) throws IOException {
        try {
            // UTF-8: a path may hold anything, and it is for Envoy to say what it thinks of it.
            socket.getOutputStream().write(payload.getBytes(StandardCharsets.UTF_8));
            // To the first byte and no further: what follows costs time and says nothing.
            return socket.getInputStream().read() >= 0 ? Answer.ANSWERED : Answer.ENDED;
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // In TLS 1.3 the client learns of a refusal as late as here, as an alert or a reset.
            return Answer.ENDED;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
