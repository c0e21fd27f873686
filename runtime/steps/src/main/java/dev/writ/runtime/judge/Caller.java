package dev.writ.runtime.judge;

import java.util.List;

/** Who calls, as the callee's proxy can see it. */
public sealed interface Caller {
    /** What callers with a certificate offer by ALPN, as Kuma's proxies do; the others offer nothing. */
    String APPLICATION_PROTOCOL = "kuma";

    /** One that presents a client certificate, whatever it is worth. */
    sealed interface Presenting extends Caller {}

    /** One whose client certificate has these URI SANs, in this order. */
    sealed interface Named extends Presenting {
        List<String> uriSans();
    }

    /**
     * A client certificate signed by the CA of the first URI SAN's trust domain (by a foreign CA, if the mesh has no trust for
     * that).
     */
    record Certificate(List<String> uriSans) implements Named {
        public Certificate {
            uriSans = someOf(uriSans);
        }
    }

    /** The same one after its time. */
    record ExpiredCertificate(List<String> uriSans) implements Named {
        public ExpiredCertificate {
            uriSans = someOf(uriSans);
        }
    }

    /** One that a CA has signed whom the mesh does not trust, whatever its URI SANs say. */
    record ForeignCertificate(List<String> uriSans) implements Named {
        public ForeignCertificate {
            uriSans = someOf(uriSans);
        }
    }

    /** A client certificate without a URI SAN, signed by a CA that the mesh trusts. */
    record DnsCertificate(List<String> dnsNames) implements Presenting {
        public DnsCertificate {
            dnsNames = List.copyOf(dnsNames);
        }
    }

    /** TLS without a client certificate. */
    record Anonymous() implements Caller {}

    /** No TLS at all. */
    record Plaintext() implements Caller {}

    private static List<String> someOf(List<String> uriSans) {
        if (uriSans.isEmpty()) {
            throw new IllegalArgumentException("a caller without a URI SAN is not a SPIFFE workload");
        }
        return List.copyOf(uriSans);
    }
}
