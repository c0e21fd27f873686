package dev.writ.runtime.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of key that certificates are made with. */
public enum KeyAlgorithm {
    /** What Kuma's bundled provider generates, for the CA and for every SVID below it. */
    RSA_2048("RSA", "SHA256withRSA"),
    /** A hundred times faster to generate: for the certificates of a judge, which live for seconds. */
    EC_P256("EC", "SHA256withECDSA");

    private final String family;
    private final String signature;

    KeyAlgorithm(String family, String signature) {
        this.family = family;
        this.signature = signature;
    }

    public KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
            generator.initialize(parameters());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + family, e);
        }
    }

    private AlgorithmParameterSpec parameters() {
        return switch (this) {
            case RSA_2048 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
            case EC_P256 -> new ECGenParameterSpec("secp256r1");
        };
    }

    /** The JCA name of the family: {@code RSA} or {@code EC}. */
    String family() {
        return family;
    }

    /** The JCA name of the signature that a key of this kind makes. */
    String signature() {
        return signature;
    }

    /**
     * The algorithm of a stored key.
     *
     * @throws CertificateFault if it is one that Writ makes no keys of
     */
    static KeyAlgorithm of(PublicKey key) throws CertificateFault {
        if (key instanceof RSAPublicKey) {
            return RSA_2048;
        }
        if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() == 256) {
            return EC_P256;
        }
        throw new CertificateFault("is neither RSA nor EC P-256");
    }
}
