package dev.writ.compiler.envoy.kuma;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;

/** From where Envoy takes the two secrets of a TLS connection. */
interface SecretSources {
    /** Its own certificate. */
    SdsSecretConfig certificate();

    /** What verifies that of the other side. */
    SdsSecretConfig validation();
}
