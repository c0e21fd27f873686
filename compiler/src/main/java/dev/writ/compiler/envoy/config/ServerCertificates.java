package dev.writ.compiler.envoy.config;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;

/** What Envoy 1.40.0 asks of the certificates that a listener shows its callers: at least one, whole, and all from one kind of source. */
final class ServerCertificates {
    private ServerCertificates() {}

    static void refuse(CommonTlsContext common, Secrets secrets, Decoding decoding, String context) {
        String place = context + ".common_tls_context";
        boolean provided = common.hasTlsCertificateProviderInstance() || common.hasCustomTlsCertificateSelector();
        if (common.getTlsCertificatesCount() > 0 && common.getTlsCertificateSdsSecretConfigsCount() > 0) {
            decoding.refuse(
                    place, "`tls_certificates` and `tls_certificate_sds_secret_configs` exclude each other here");
        } else if (common.getTlsCertificatesCount() == 0
                && common.getTlsCertificateSdsSecretConfigsCount() == 0
                && !provided) {
            decoding.refuse(place, "a TLS listener needs a certificate of its own");
        }
        for (int i = 0; i < common.getTlsCertificatesCount(); i++) {
            refuse(common.getTlsCertificates(i), decoding, place + ".tls_certificates[" + i + "]");
        }
        for (int i = 0; i < common.getTlsCertificateSdsSecretConfigsCount(); i++) {
            SdsSecretConfig reference = common.getTlsCertificateSdsSecretConfigs(i);
            secrets.requireStatic(reference, place + ".tls_certificate_sds_secret_configs[" + i + "]");
        }
    }

    private static void refuse(TlsCertificate certificate, Decoding decoding, String place) {
        if (certificate.hasPkcs12()) {
            return;
        }
        if (!certificate.hasCertificateChain()) {
            decoding.refuse(place, "needs `certificate_chain`");
        }
        if (!certificate.hasPrivateKey() && !certificate.hasPrivateKeyProvider()) {
            decoding.refuse(place, "needs `private_key`");
        }
    }
}
