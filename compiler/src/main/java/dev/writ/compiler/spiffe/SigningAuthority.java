package dev.writ.compiler.spiffe;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a CA that a user provides can sign X509-SVIDs, as Kuma judges it
 * ({@code meshidentity/providers/bundled/ca_cert_validator.go}; X509-SVID 4.1, 4.3 and appendix A).
 */
public final class SigningAuthority {
    private static final int KEY_AGREEMENT = 4;
    private static final int KEY_CERT_SIGN = 5;

    private SigningAuthority() {}

    /** Which of its two texts a fault is about. */
    public enum Part {
        CERTIFICATE,
        KEY
    }

    /**
     * Why it cannot.
     *
     * @param message a predicate, for example {@code is no CA}
     * @param ofKuma the same in the words of Kuma's control plane
     */
    public record Fault(Part part, String message, String ofKuma) {}

    /**
     * What is wrong with it; as in Kuma a pair that cannot be read, or does not fit, is not looked at further.
     *
     * @param key null where it is not at hand: then only the certificates are judged
     */
    public static List<Fault> faults(String certificates, @Nullable PrivateKeyText key) {
        Optional<List<X509Certificate>> chain = read(certificates);
        if (chain.isEmpty()) {
            return pair(Part.CERTIFICATE, "holds a certificate that is not well-formed", "x509: malformed certificate");
        }
        if (chain.get().isEmpty()) {
            return pair(
                    Part.CERTIFICATE,
                    "holds no certificate in PEM form",
                    "tls: failed to find any PEM data in certificate input");
        }
        List<Fault> faults =
                key == null ? List.of() : keyFaults(key, chain.get().getFirst());
        return faults.isEmpty() ? certificateFaults(chain.get()) : faults;
    }

    private static List<Fault> keyFaults(PrivateKeyText text, X509Certificate certificate) {
        if (!text.isPem()) {
            return pair(Part.KEY, "holds no private key in PEM form", "tls: failed to find any PEM data in key input");
        }
        Optional<PrivateKey> key = text.read();
        if (key.isEmpty()) {
            return pair(
                    Part.KEY,
                    "holds a private key that is not well-formed, or neither RSA, EC nor Ed25519",
                    "tls: failed to parse private key");
        }
        return PrivateKeyText.fits(key.get(), certificate.getPublicKey())
                ? List.of()
                : pair(Part.KEY, "is not the key of the certificate", "tls: private key does not match public key");
    }

    private static List<Fault> pair(Part part, String message, String ofGo) {
        return List.of(new Fault(part, message, "cert: not a valid TLS key pair: " + ofGo));
    }

    private static List<Fault> certificateFaults(List<X509Certificate> chain) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            boolean[] usage = certificate.getKeyUsage();
            String which = chain.size() == 1 ? "" : "holds as certificate " + (i + 1) + " one that ";
            String path = "cert[" + i + "]: ";
            if (certificate.getBasicConstraints() < 0) {
                faults.add(new Fault(
                        Part.CERTIFICATE,
                        which + "is no CA: the basic constraint `CA` is not set",
                        path + "basic constraint 'CA' must be set to 'true' (see X509-SVID: 4.1. Basic Constraints)"));
            }
            if (usage == null || !usage[KEY_CERT_SIGN]) {
                faults.add(new Fault(
                        Part.CERTIFICATE,
                        which + "may not sign certificates: the key usage `keyCertSign` is not set",
                        path + "key usage extension 'keyCertSign' must be set (see X509-SVID: 4.3. Key Usage)"));
            }
            if (usage != null && usage[KEY_AGREEMENT]) {
                faults.add(
                        new Fault(
                                Part.CERTIFICATE,
                                which + "has the key usage `keyAgreement`, which a CA of SVIDs must not have",
                                path
                                        + "key usage extension 'keyAgreement' must NOT be set (see X509-SVID: Appendix A. X.509 Field Reference)"));
            }
        }
        return faults;
    }

    /** Whether the first certificate is signed with its own key, as Kuma's {@code isSelfSigned} finds out. */
    public static boolean isSelfSigned(String certificates) {
        Optional<X509Certificate> first = read(certificates).stream()
                .flatMap(List::stream)
                .findFirst()
                .filter(certificate ->
                        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()));
        try {
            if (first.isEmpty()) {
                return false;
            }
            first.get().verify(first.get().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The certificates of a text; empty where one of them is not well-formed. */
    private static Optional<List<X509Certificate>> read(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] der : new PemText(text).blocks("CERTIFICATE"::equals)) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return Optional.of(certificates);
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
