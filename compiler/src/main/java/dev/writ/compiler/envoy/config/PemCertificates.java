package dev.writ.compiler.envoy.config;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificates of a text in PEM, as Envoy 1.40.0 finds them: blocks that start at the beginning of a line, whatever stands between
 * them, keys among them too; one broken certificate spoils the whole text.
 */
final class PemCertificates {
    private static final Pattern BLOCK = Pattern.compile(
            "(?ms)^-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[ \\t\\r]*\\n(.*?)^-----END \\1-----[ \\t\\r]*$");

    private PemCertificates() {}

    /** Empty if there is none, or a broken one. */
    static Optional<List<X509Certificate>> read(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (block.find()) {
                byte[] bytes = Base64.getDecoder().decode(block.group(2).replaceAll("[ \\t\\r]*\\n", ""));
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
            }
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return certificates.isEmpty() ? Optional.empty() : Optional.of(certificates);
    }
}
