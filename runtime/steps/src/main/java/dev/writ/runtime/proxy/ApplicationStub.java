package dev.writ.runtime.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Plays every application behind the judge's Envoy: it answers the first bytes of a connection with one of its own and ends it.
 * A TCP inbound without a live application gives no verdict; to HTTP the answer is nonsense, which is fine, for the verdict is
 * in the log by then.
 */
final class ApplicationStub implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final byte ANSWER = '!';

    private final ServerSocket server;

    ApplicationStub() {
        try {
            server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("writ-application-stub").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            } catch (IOException e) {
                // Closed, or a connection that went away before it was taken.
            }
        }
    }

    private static void answer(Socket connection) {
        try (connection) {
            if (connection.getInputStream().read() >= 0) {
                connection.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            // Envoy ended it first.
        }
    }
}
