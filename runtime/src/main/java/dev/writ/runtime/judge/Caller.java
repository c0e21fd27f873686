package dev.writ.runtime.judge;

import java.util.List;

/** Who calls, as the callee's proxy can see it. */
public sealed interface Caller {
    /** What callers with a certificate offer by ALPN, as Kuma's proxies do; the others offer nothing. */
    String APPLICATION_PROTOCOL = "kuma";

    /**
     * A client certificate with these URI SANs, in this order, signed by the CA of the first one's trust domain (by a
     * foreign CA, if the mesh has no trust for that).
     */
    record Certificate(List<String> uriSans) implements Caller {
        public Certificate {
            uriSans = List.copyOf(uriSans);
            if (uriSans.isEmpty()) {
                throw new IllegalArgumentException("a caller without a URI SAN is not a SPIFFE workload");
            }
        }
    }

    /** TLS without a client certificate. */
    record Anonymous() implements Caller {}

    /** No TLS at all. */
    record Plaintext() implements Caller {}
}
