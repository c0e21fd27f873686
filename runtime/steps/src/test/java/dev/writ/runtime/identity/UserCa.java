package dev.writ.runtime.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA as a user makes one, good or bad. */
record UserCa(X509Certificate certificate, KeyPair keys) {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    static UserCa of(String algorithm, boolean isCa, int keyUsage) {
        KeyPair keys = generate(algorithm);
        return signed(keys, "CN=user", isCa, keyUsage, "CN=user", keys);
    }

    static UserCa rsa() {
        return of("RSA", true, KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    /** One that this one signed. */
    UserCa intermediate() {
        return signed(generate("RSA"), "CN=intermediate", true, KeyUsage.keyCertSign, "CN=user", keys);
    }

    private static KeyPair generate(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UserCa signed(
            KeyPair keys, String subject, boolean isCa, int keyUsage, String issuer, KeyPair issuerKeys) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.ONE,
                Date.from(NOW),
                Date.from(NOW.plus(Duration.ofDays(3650))),
                new X500Name(subject),
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            String signature = switch (issuerKeys.getPublic().getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> "Ed25519";
            };
            return new UserCa(
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder(signature).build(issuerKeys.getPrivate()))),
                    keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    String certificatePem() {
        return Pem.encode(certificate);
    }

    /** PKCS#8. */
    String keyPem() {
        return Pem.encode(keys.getPrivate());
    }

    /** PKCS#1 of an RSA key, SEC 1 of an EC key: what {@code openssl} wrote before its version 3. */
    String oldKeyPem() {
        PrivateKey key = keys.getPrivate();
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        try {
            if (key.getAlgorithm().equals("RSA")) {
                return pem("RSA", info.parsePrivateKey().toASN1Primitive().getEncoded(ASN1Encoding.DER));
            }
            ECPrivateKey inner = ECPrivateKey.getInstance(info.parsePrivateKey());
            return pem(
                    "EC",
                    new ECPrivateKey(
                                    // What the JDK takes by default.
                                    384,
                                    inner.getKey(),
                                    info.getPrivateKeyAlgorithm().getParameters())
                            .getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + " PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind
                + " PRIVATE KEY-----\n";
    }
}
