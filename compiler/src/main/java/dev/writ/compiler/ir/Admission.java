package dev.writ.compiler.ir;

import dev.writ.compiler.diagnostic.Diagnostic;
import java.util.List;

/** Who gets as far as the rules. */
public sealed interface Admission {

    /**
     * Mutual TLS: the caller presents a certificate that the CA of its trust domain signed, and one of its URI SANs starts
     * with one of the prefixes.
     *
     * @param trustDomains sorted; the trust domain of the first URI SAN must be among them
     * @param sanPrefixes sorted, each {@code spiffe://<trust domain>/}
     * @param oneSpiffeId whether the first rule denies all but one well-formed SPIFFE ID (name {@link #GUARD_NAME})
     */
    record MutualTls(List<String> trustDomains, List<String> sanPrefixes, boolean oneSpiffeId) implements Admission {
        /** The name of the guard's deny in configs and verdicts. */
        public static final String GUARD_NAME = "writ.not-one-spiffe-id";

        public MutualTls {
            trustDomains = List.copyOf(trustDomains);
            sanPrefixes = List.copyOf(sanPrefixes);
        }
    }

    /** It cannot be said: judges answer unknown with the finding's message, the emitter refuses with the finding. */
    record Undecidable(Diagnostic finding) implements Admission {}
}
