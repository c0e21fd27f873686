package dev.writ.compiler.ir;

import dev.writ.compiler.diagnostic.Diagnostic;
import java.util.List;

/** Who gets as far as the rules. */
public sealed interface Admission {

    /** Everybody, in plaintext: no rule is asked. Kuma does so for a workload without an identity. */
    record Plaintext() implements Admission {}

    /**
     * Three ways in ({@code MeshTLS} mode {@code Permissive}): plaintext, and TLS that does not offer Kuma's ALPN, go to the
     * application without a rule; TLS that offers the ALPN {@code kuma} is mutual TLS, and its calls alone meet the rules.
     */
    record Permissive(MutualTls mutual) implements Admission {}

    /**
     * Mutual TLS: the caller presents a certificate that is verified, and one of its URI SANs starts with one of the prefixes.
     *
     * @param sanPrefixes sorted, each {@code spiffe://<trust domain>/} (before Kuma 2.14 without its last slash); empty: no SAN
     *     is asked for
     * @param oneSpiffeId whether the first rule denies all but one well-formed SPIFFE ID (name {@link #GUARD_NAME})
     */
    record MutualTls(Verification verification, List<String> sanPrefixes, boolean oneSpiffeId) implements Admission {
        /** The name of the guard's deny in configs and verdicts. */
        public static final String GUARD_NAME = "writ.not-one-spiffe-id";

        public MutualTls {
            sanPrefixes = List.copyOf(sanPrefixes);
        }

        /** One whose certificates the SPIFFE validator verifies. */
        public MutualTls(List<String> trustDomains, List<String> sanPrefixes, boolean oneSpiffeId) {
            this(new Verification.ByTrustDomain(trustDomains), sanPrefixes, oneSpiffeId);
        }

        /** The trust domains that have a CA; of one CA for all, its mesh. */
        public List<String> trustDomains() {
            return switch (verification) {
                case Verification.ByTrustDomain byTrustDomain -> byTrustDomain.trustDomains();
                case Verification.ByMeshCa meshCa -> List.of(meshCa.mesh());
            };
        }
    }

    /** It cannot be said: judges answer unknown with the finding's message, the emitter refuses with the finding. */
    record Undecidable(Diagnostic finding) implements Admission {}

    /** Which CA must have signed a caller's certificate. */
    sealed interface Verification {

        /**
         * That of the trust domain of its first URI SAN: Envoy's SPIFFE validator.
         *
         * @param trustDomains sorted; the trust domain of the first URI SAN must be among them
         */
        record ByTrustDomain(List<String> trustDomains) implements Verification {
            public ByTrustDomain {
                trustDomains = List.copyOf(trustDomains);
            }
        }

        /** The one CA of the mesh's backend, whatever the SANs say (Kuma up to 2.14). */
        record ByMeshCa(String mesh) implements Verification {}
    }
}
