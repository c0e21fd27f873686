package dev.writ.compiler.envoy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** HTTP/1.1 on one connection, one call after the other: thousands a second, which no client library gives a test. */
final class KeepAliveHttp implements AutoCloseable {
    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final String CONTENT_LENGTH = "content-length:";

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

    KeepAliveHttp(Path socket) throws IOException {
        this.channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /** Sends a request and reads its whole answer, which is of no interest here. */
    void call(String request) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        boolean hasBody = !request.startsWith("HEAD ");
        buffer.clear();
        String text = "";
        int end = -1;
        while (end < 0 || hasBody && text.length() < end + END_OF_HEADERS.length() + length(text, end)) {
            if (channel.read(buffer) < 0) {
                throw new IOException("closed after: " + text);
            }
            text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
            end = text.indexOf(END_OF_HEADERS);
        }
    }

    private static int length(String text, int end) {
        return text.substring(0, end)
                .lines()
                .filter(line -> line.startsWith(CONTENT_LENGTH))
                .map(line ->
                        Integer.parseInt(line.substring(CONTENT_LENGTH.length()).trim()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
