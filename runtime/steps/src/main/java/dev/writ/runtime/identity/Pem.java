package dev.writ.runtime.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys as PEM (RFC 7468): what Envoy reads and what a MeshTrust holds. */
public final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    public static String encode(X509Certificate certificate) {
        try {
            return encode(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was made or parsed has an encoding", e);
        }
    }

    /** PKCS #8, not encrypted. */
    public static String encode(PrivateKey key) {
        return encode(PRIVATE_KEY, key.getEncoded());
    }

    /**
     * The certificates of a text, in its order.
     *
     * @throws CertificateFault if it holds none, or something else too; the message says which
     */
    public static List<X509Certificate> certificates(String text) throws CertificateFault {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : blocks(text, CERTIFICATE)) {
            certificates.add(certificate(der));
        }
        if (certificates.isEmpty()) {
            throw new CertificateFault("holds no PEM certificate");
        }
        return certificates;
    }

    static X509Certificate certificate(byte[] der) throws CertificateFault {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new CertificateFault("holds a certificate that is not well-formed");
        }
    }

    /**
     * The one private key of a text (PKCS #8).
     *
     * @throws CertificateFault if it holds none, several or one that cannot be read; the message never quotes it
     */
    static PrivateKey privateKey(String text, KeyAlgorithm algorithm) throws CertificateFault {
        List<byte[]> blocks = blocks(text, PRIVATE_KEY);
        if (blocks.size() != 1) {
            throw new CertificateFault("does not hold exactly one PEM private key (PKCS #8)");
        }
        try {
            return KeyFactory.getInstance(algorithm.family())
                    .generatePrivate(new PKCS8EncodedKeySpec(blocks.getFirst()));
        } catch (GeneralSecurityException e) {
            // The cause stays out: providers put bytes of the key into their messages.
            throw new CertificateFault("holds a private key that is not well-formed or of another algorithm");
        }
    }

    private static List<byte[]> blocks(String text, String type) throws CertificateFault {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (!matcher.group(1).equals(type)) {
                throw new CertificateFault("holds a PEM block that is no " + type.toLowerCase(Locale.ROOT));
            }
            requireNoMarker(text.substring(end, matcher.start()));
            blocks.add(decode(matcher.group(2)));
            end = matcher.end();
        }
        requireNoMarker(text.substring(end));
        return blocks;
    }

    private static byte[] decode(String body) throws CertificateFault {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new CertificateFault("holds a PEM block that is not base64");
        }
    }

    // Text between blocks is a comment (RFC 7468, 5.2), but half a block is damage.
    private static void requireNoMarker(String between) throws CertificateFault {
        if (between.contains("-----BEGIN") || between.contains("-----END")) {
            throw new CertificateFault("holds a PEM block that is cut off");
        }
    }

    private static String encode(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
