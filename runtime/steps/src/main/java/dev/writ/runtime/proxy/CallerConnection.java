package dev.writ.runtime.proxy;

import dev.writ.runtime.proxy.Evidence.Connection;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One connection of a caller: connect, say something, wait for the beginning of an answer or the end, go. */
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
     * Calls once, and waits for no more than the beginning of the answer.
     *
     * @param onConnect gets the connection before anything is sent
     * @param secured puts TLS over the socket, or not
     * @throws IOException if the connection was not even accepted, or nothing happened for long
     */
    static Answer call(int port, String payload, Consumer<Connection> onConnect, UnaryOperator<Socket> secured)
            throws IOException {
        return call(port, List.of(payload), onConnect, secured) == 1 ? Answer.ANSWERED : Answer.ENDED;
    }

    /**
     * Makes several HTTP requests, one after the other.
     *
     * @return how many were answered before the connection ended
     */
    static int call(int port, List<String> requests, Consumer<Connection> onConnect, UnaryOperator<Socket> secured)
            throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            onConnect.accept(Connection.of(socket));
            return exchange(secured.apply(socket), requests);
        }
    }

    private static int exchange(Socket socket, List<String> requests) throws IOException {
        int answered = 0;
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String request : requests) {
                // UTF-8: a path may hold anything, and it is for Envoy to say what it thinks of it.
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                // Of the last answer the first byte is enough: what follows costs time and says nothing.
                boolean last = answered == requests.size() - 1;
                if (!(last ? in.read() >= 0 : HttpAnswer.skip(in, request))) {
                    return answered;
                }
                answered++;
            }
            return answered;
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // In TLS 1.3 the client learns of a refusal as late as here, as an alert or a reset.
            return answered;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
