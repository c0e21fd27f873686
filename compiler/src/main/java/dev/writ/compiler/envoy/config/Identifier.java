package dev.writ.compiler.envoy.config;

import java.util.List;
import java.util.Optional;

/** A principal of the classic RBAC rules. */
public sealed interface Identifier
        permits Identifier.Any,
                Identifier.AnyOf,
                Identifier.AllOf,
                Identifier.Not,
                Identifier.Authenticated,
                Identifier.ValidatedCertificate,
                Identifier.Address,
                Identifier.Header,
                Identifier.UrlPath,
                Unmodelled {

    /** Everybody, in plaintext too. */
    record Any() implements Identifier {}

    record AnyOf(List<Identifier> members) implements Identifier {
        public AnyOf {
            members = List.copyOf(members);
        }
    }

    record AllOf(List<Identifier> members) implements Identifier {
        public AllOf {
            members = List.copyOf(members);
        }
    }

    record Not(Identifier member) implements Identifier {}

    /**
     * A TLS connection; with a name, one whose certificate has it among its URI SANs, else its DNS SANs, else as its subject.
     *
     * @param name empty for every TLS connection, even without a certificate
     */
    record Authenticated(Optional<TextMatcher> name) implements Identifier {}

    /** {@code envoy.rbac.principals.mtls_authenticated}: a certificate that TLS has validated; with a matcher, one with such a SAN. */
    record ValidatedCertificate(Optional<ClientValidation.SanMatcher> san) implements Identifier {}

    /** The caller's IP address. */
    record Address(Side side, IpBlock block) implements Identifier {}

    /** Whose address. */
    enum Side {
        /** {@code direct_remote_ip}: who opened the connection. */
        DIRECT,
        /** {@code source_ip}: the same, or whom the PROXY protocol says that it is from. */
        CONNECTION,
        /** {@code remote_ip}: whom the request says that it is from, as far as the connection manager believes it. */
        REQUEST
    }

    record Header(HeaderMatch match) implements Identifier {}

    /** The path without query and fragment. */
    record UrlPath(TextMatcher matcher) implements Identifier {}
}
