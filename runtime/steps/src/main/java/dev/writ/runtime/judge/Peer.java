package dev.writ.runtime.judge;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who sends a {@link Request}, as its transport shows it. */
public sealed interface Peer {

    /** No TLS at all. */
    record Plaintext() implements Peer {}

    /** TLS without a client certificate. */
    record Anonymous() implements Peer {}

    /**
     * TLS with a client certificate, SANs in the order of the certificate.
     *
     * @param subject as Envoy prints it (RFC 2253, the last part first); empty for none
     * @param notAfter when it expires; null for one that is valid
     */
    record Certificate(
            List<String> uriSans,
            List<String> dnsSans,
            String subject,
            Issuer issuer,
            @Nullable Instant notAfter) implements Peer {
        public Certificate {
            uriSans = List.copyOf(uriSans);
            dnsSans = List.copyOf(dnsSans);
        }

        /** A valid one with these URI SANs and nothing else. */
        public static Certificate ofUriSans(String... uriSans) {
            return new Certificate(List.of(uriSans), List.of(), "", new Issuer.Trusted(), null);
        }
    }

    /** Whose key signed a certificate. */
    sealed interface Issuer {
        /** A CA that the config trusts for this certificate, if it trusts any. */
        record Trusted() implements Issuer {}

        /** The CA of this trust domain. */
        record OfTrustDomain(String trustDomain) implements Issuer {}

        /** A CA that no config trusts. */
        record Untrusted() implements Issuer {}

        /** The CA of this subject, common name, URI SAN or trust domain. */
        record Named(String name) implements Issuer {}
    }
}
