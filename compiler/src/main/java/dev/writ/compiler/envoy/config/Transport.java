package dev.writ.compiler.envoy.config;

/** How a chain takes connections. */
public sealed interface Transport permits Transport.Plaintext, Transport.Tls, Unmodelled {

    record Plaintext() implements Transport {}

    /**
     * @param requireClientCertificate decides nothing by itself: Envoy asks for no certificate where there is no validation,
     *     and the SPIFFE validator always requires one
     */
    record Tls(boolean requireClientCertificate, ClientValidation validation) implements Transport {}
}
