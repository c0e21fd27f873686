package dev.writ.compiler.envoy.config;

/** How a chain takes connections. */
public sealed interface Transport permits Transport.Plaintext, Transport.Tls, Unmodelled {

    record Plaintext() implements Transport {}

    /** @param requireClientCertificate without effect where no certificate is asked for */
    record Tls(boolean requireClientCertificate, ClientValidation validation) implements Transport {}
}
