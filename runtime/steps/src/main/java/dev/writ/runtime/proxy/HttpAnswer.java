package dev.writ.runtime.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** An answer of HTTP/1.1 on a connection that stays: read to its end and thrown away. */
final class HttpAnswer {
    private static final int MOST_OF_A_HEADER = 64 * 1024;
    private static final String LENGTH = "content-length:";

    private HttpAnswer() {}

    /**
     * Reads over an answer.
     *
     * @param request what it answers: one to HEAD has no body
     * @return whether it was all there
     */
    static boolean skip(InputStream in, String request) throws IOException {
        long length = -1;
        String line = line(in);
        while (!line.isEmpty()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Long.parseLong(lower.substring(LENGTH.length()).strip());
            }
            if (lower.startsWith("transfer-encoding:")) {
                // Nothing of ours answers so; the caller comes again on another connection.
                return false;
            }
            line = line(in);
        }
        if (request.startsWith("HEAD ")) {
            return true;
        }
        if (length > 0) {
            in.skipNBytes(length);
        }
        return length >= 0;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0 || line.length() > MOST_OF_A_HEADER) {
                throw new IOException("an answer that breaks off");
            }
            line.append((char) c);
            c = in.read();
        }
        return line.toString().strip();
    }
}
