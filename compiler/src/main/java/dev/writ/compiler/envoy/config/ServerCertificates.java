package dev.writ.compiler.envoy.config;

import dev.writ.compiler.envoy.GeneratedText;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Envoy 1.40.0 asks of the certificates that a listener shows its callers: at least one, whole, and all from one kind of source. */
final class ServerCertificates {
    private static final String REDACTED = "[redacted]";
    private static final Pattern KEY = Pattern.compile("(?m)^-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----");

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
        if (inline(certificate.getCertificateChain())
                .filter(pem -> PemCertificates.read(pem).isEmpty())
                .isPresent()) {
            decoding.refuse(place + ".certificate_chain", "no certificates in PEM, or a broken one");
        }
        if (inline(certificate.getPrivateKey())
                .filter(pem -> !KEY.matcher(pem).find())
                .isPresent()) {
            decoding.refuse(place + ".private_key", "no private key in PEM");
        }
    }

    /** Empty if it is not at hand: a dump shows no keys, and a snapshot of ours none that a control plane makes up. */
    private static Optional<String> inline(DataSource source) {
        Optional<String> text = source.hasInlineString()
                ? Optional.of(source.getInlineString())
                : source.hasInlineBytes() ? Optional.of(source.getInlineBytes().toStringUtf8()) : Optional.empty();
        return text.filter(value -> !value.equals(REDACTED) && !GeneratedText.isIn(source));
    }
}
