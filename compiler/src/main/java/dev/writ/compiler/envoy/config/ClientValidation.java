package dev.writ.compiler.envoy.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a TLS chain does about the caller's certificate. */
public sealed interface ClientValidation
        permits ClientValidation.NotRequested,
                ClientValidation.Unverified,
                ClientValidation.SpiffeTrust,
                ClientValidation.OneCa,
                Unmodelled {

    /**
     * No validation context, or one that asks for nothing. Envoy then asks for no certificate, even where one is required: everybody
     * comes in without an identity.
     */
    record NotRequested() implements ClientValidation {}

    /**
     * {@code ACCEPT_UNTRUSTED} without a {@code trusted_ca}: Envoy asks for a certificate and takes every one, and callers without one
     * as well, even where one is required (tried on 1.40.0).
     *
     * @param pins what makes a certificate more than an untrusted one; empty if nothing does
     */
    record Unverified(Optional<More> pins) implements ClientValidation {}

    /**
     * Envoy's SPIFFE validator ({@code envoy.tls.cert_validator.spiffe}): each trust domain has its own CA.
     *
     * @param trustDomains in the order of the config
     * @param authorities the CAs of each trust domain whose bundle could be read
     * @param sanMatchers one must match one of the certificate's SANs; no matchers ask for nothing
     * @param allowExpired whether a certificate may have expired
     */
    record SpiffeTrust(
            List<String> trustDomains,
            Map<String, Authority> authorities,
            List<SanMatcher> sanMatchers,
            boolean allowExpired)
            implements ClientValidation {
        public SpiffeTrust {
            trustDomains = List.copyOf(trustDomains);
            authorities = Collections.unmodifiableMap(new LinkedHashMap<>(authorities));
            sanMatchers = List.copyOf(sanMatchers);
        }

        public SpiffeTrust(List<String> trustDomains, List<SanMatcher> sanMatchers) {
            this(trustDomains, Map.of(), sanMatchers, false);
        }
    }

    /**
     * One {@code trusted_ca}, whatever the certificate's SANs say.
     *
     * @param acceptUntrusted whether a certificate that fails any of this comes in all the same ({@code ACCEPT_UNTRUSTED})
     * @param more what else is asked of a certificate
     */
    record OneCa(
            Authority authority,
            List<SanMatcher> sanMatchers,
            boolean allowExpired,
            boolean acceptUntrusted,
            Optional<More> more)
            implements ClientValidation {
        public OneCa {
            sanMatchers = List.copyOf(sanMatchers);
        }

        public OneCa(Authority authority, List<SanMatcher> sanMatchers, boolean allowExpired, boolean acceptUntrusted) {
            this(authority, sanMatchers, allowExpired, acceptUntrusted, Optional.empty());
        }

        /** Matchers and pins ask for a certificate whatever the TLS context says, but not where it may be untrusted. */
        public boolean insists() {
            return !acceptUntrusted
                    && (!sanMatchers.isEmpty() || more.map(More::insists).orElse(false));
        }
    }

    /**
     * What only the bytes of a certificate answer: whether it is pinned, whether it is revoked.
     *
     * @param reason why that is unknown
     * @param insists whether callers must show a certificate for it
     */
    record More(String reason, boolean insists) {}

    /**
     * A bundle of CA certificates.
     *
     * @param names what each may be called: its subject, its common name, its URI SANs and their trust domains
     * @param known whether these are all; a bundle in a file that is not at hand has none that are known
     */
    record Authority(List<String> names, boolean known) {
        public static final Authority UNKNOWN = new Authority(List.of(), false);

        public Authority {
            names = List.copyOf(names);
        }
    }

    /** A matcher on the subject alternative names of one kind. */
    record SanMatcher(SanKind kind, TextMatcher matcher) {}

    /** Kinds of subject alternative names. */
    enum SanKind {
        URI,
        DNS,
        EMAIL,
        IP_ADDRESS,
        OTHER_NAME
    }
}
