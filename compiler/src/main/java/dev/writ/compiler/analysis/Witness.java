package dev.writ.compiler.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call.
 *
 * @param uriSans of its client certificate; empty unless it comes with one
 * @param serverName null for none
 * @param method null for GET
 * @param path normalised, with its query if any; null for {@code /}
 */
public record Witness(
        Transport transport,
        List<String> uriSans,
        @Nullable String serverName,
        @Nullable String method,
        @Nullable String path) {
    public Witness {
        uriSans = List.copyOf(uriSans);
    }

    /** How a call comes. */
    public enum Transport {
        /** TLS with a client certificate, and Kuma's ALPN. */
        CERTIFICATE,
        /** TLS without one. */
        ANONYMOUS,
        PLAINTEXT
    }

    /** A call with a certificate of one URI SAN, of which nothing else is said. */
    public static Witness of(String caller) {
        return new Witness(Transport.CERTIFICATE, List.of(caller), null, null, null);
    }
}
