package dev.writ.compiler.spiffe;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A private key as PEM text, read as Go's {@code tls.X509KeyPair} does: the first block whose label ends in
 * {@code PRIVATE KEY}, be it PKCS#8, PKCS#1 (RSA) or SEC 1 (EC). No output shows it.
 */
public final class PrivateKeyText {
    /** As many bytes as no key of use has: a length in {@link Der} is one of two bytes. */
    private static final int MOST_BYTES = 60_000;

    private final String pem;

    public PrivateKeyText(String pem) {
        this.pem = pem;
    }

    public String pem() {
        return pem;
    }

    boolean isPem() {
        return !blocks().isEmpty();
    }

    /** The key; empty where it cannot be read, or is of another kind than RSA, EC and Ed25519. */
    public Optional<PrivateKey> read() {
        return blocks().stream()
                .limit(1)
                .filter(der -> der.length < MOST_BYTES)
                .flatMap(der -> Stream.concat(Stream.of(Der.ofPkcs1(der), der), Der.ofSec1(der).stream()))
                .flatMap(PrivateKeyText::keys)
                .findFirst();
    }

    private List<byte[]> blocks() {
        return new PemText(pem).blocks(label -> label.equals("PRIVATE KEY") || label.endsWith(" PRIVATE KEY"));
    }

    private static Stream<PrivateKey> keys(byte[] pkcs8) {
        return Stream.of("RSA", "EC", "Ed25519").flatMap(algorithm -> {
            try {
                return Stream.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (GeneralSecurityException e) {
                return Stream.empty();
            }
        });
    }

    /** Whether what the key signs, the public key verifies. */
    static boolean fits(PrivateKey key, PublicKey publicKey) {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        byte[] sample = {1, 2, 3};
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(sample);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(publicKey);
            verifying.update(sample);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Not the key. */
    @Override
    public String toString() {
        return "[private key]";
    }
}
