package dev.writ.compiler.envoy.config;

import java.util.List;

/** What a TLS chain does about the caller's certificate. */
public sealed interface ClientValidation
        permits ClientValidation.NotRequested, ClientValidation.SpiffeTrust, ClientValidation.OneCa, Unmodelled {

    /**
     * No validation context. Envoy then asks for no certificate, even where one is required: everybody comes in without
     * an identity.
     */
    record NotRequested() implements ClientValidation {}

    /**
     * Envoy's SPIFFE validator ({@code envoy.tls.cert_validator.spiffe}): each trust domain has its own CA.
     *
     * @param trustDomains in the order of the config
     * @param sanMatchers one must match one of the certificate's SANs; no matchers ask for nothing
     */
    record SpiffeTrust(List<String> trustDomains, List<SanMatcher> sanMatchers) implements ClientValidation {
        public SpiffeTrust {
            trustDomains = List.copyOf(trustDomains);
            sanMatchers = List.copyOf(sanMatchers);
        }
    }

    /**
     * One {@code trusted_ca}, whatever the certificate's SANs say.
     *
     * @param trustDomain whose certificates this CA signs
     */
    record OneCa(String trustDomain, List<SanMatcher> sanMatchers) implements ClientValidation {
        public OneCa {
            sanMatchers = List.copyOf(sanMatchers);
        }
    }

    /** A matcher on the subject alternative names of one kind. */
    record SanMatcher(SanKind kind, TextMatcher matcher) {}

    enum SanKind {
        URI,
        DNS,
        EMAIL,
        IP_ADDRESS,
        OTHER_NAME
    }
}
