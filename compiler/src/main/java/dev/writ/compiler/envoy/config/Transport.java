package dev.writ.compiler.envoy.config;

/** How a chain takes connections. */
public sealed interface Transport permits Transport.Plaintext, Transport.Tls, Unmodelled {

    record Plaintext() implements Transport {}

    /**
     * @param requireClientCertificate decides nothing where there is no validation, because Envoy then asks for no certificate,
     *     and nothing with the SPIFFE validator, which always requires one
     */
    record Tls(boolean requireClientCertificate, ClientValidation validation) implements Transport {}
}
