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
}
