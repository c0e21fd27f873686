package dev.writ.compiler.ir;

import java.util.List;
import java.util.Optional;

/**
 * A set of callers, over the one string that Envoy compares: the URI SANs of the client certificate joined with commas
 * (with one URI SAN, the SPIFFE ID). Bytes are compared, nothing is normalised.
 */
public sealed interface Principal {

    /** Every caller. */
    record Always() implements Principal {}

    /** This string and no other. */
    record Exact(String value) implements Principal {}

    /** Every string that starts with this one; the text is not empty. */
    record Prefix(String value) implements Principal {
        public Prefix {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("an empty prefix is Always");
            }
        }
    }

    /**
     * Whole segments of {@code spiffe://…}: the trust domain first, then the path's segments.
     *
     * @param segments literal, or empty for any one segment (not empty, no slash)
     * @param below whether one or more segments must follow (a trailing {@code /**}); otherwise none may
     */
    record Segments(List<Optional<String>> segments, boolean below) implements Principal {
        public Segments {
            segments = List.copyOf(segments);
            if (segments.isEmpty()) {
                throw new IllegalArgumentException("a pattern has at least a trust domain");
            }
        }
    }

    /**
     * Some SAN of the certificate is this one: any URI SAN, then any DNS SAN, and without either the subject. That is what
     * Envoy's {@code authenticated.principal_name} compares, and it sees each SAN alone where the others see them joined.
     */
    record SanEquals(String value) implements Principal {}

    record AnyOf(List<Principal> members) implements Principal {
        public AnyOf {
            members = List.copyOf(members);
        }
    }

    record AllOf(List<Principal> members) implements Principal {
        public AllOf {
            members = List.copyOf(members);
        }
    }

    record Not(Principal member) implements Principal {}
}
