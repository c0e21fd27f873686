package dev.writ.runtime.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;

/**
 * The CA of a trust domain: a self-signed certificate of the shape that Kuma's bundled provider generates (subject
 * {@code O=Kuma, OU=Mesh, CN=<trust domain>}, the URI SAN {@code spiffe://<trust domain>}, certificate and CRL signing, ten
 * years), and its private key.
 */
public final class CertificateAuthority {
    /** Kuma's, in days as Go counts them: 3,650 times 24 hours. */
    public static final Duration VALIDITY = Duration.ofDays(3650);

    private final String trustDomain;
    private final X509Certificate certificate;
    private final PrivateKey key;
    private final KeyAlgorithm algorithm;

    private CertificateAuthority(
            String trustDomain, X509Certificate certificate, PrivateKey key, KeyAlgorithm algorithm) {
        this.trustDomain = trustDomain;
        this.certificate = certificate;
        this.key = key;
        this.algorithm = algorithm;
    }

    /** A new CA with a new key. */
    public static CertificateAuthority generate(String trustDomain, KeyAlgorithm algorithm, Instant now) {
        KeyPair keys = algorithm.generate();
        X500Name subject = subject(trustDomain);
        SubjectPublicKeyInfo publicKey =
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        X509Certificate certificate = new CertificateSigning(subject, subject, keys.getPublic(), now, VALIDITY)
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .with(Extension.basicConstraints, true, new BasicConstraints(true))
                .with(
                        Extension.subjectKeyIdentifier,
                        false,
                        new BcX509ExtensionUtils().createSubjectKeyIdentifier(publicKey))
                .with(Extension.subjectAlternativeName, false, CertificateSigning.uriNames(List.of(uri(trustDomain))))
                .sign(keys.getPrivate(), algorithm);
        return new CertificateAuthority(trustDomain, certificate, keys.getPrivate(), algorithm);
    }

    /**
     * A CA that was stored.
     *
     * @param certificate one that {@link #certificate(String, String, Instant)} accepted
     * @throws CertificateFault if the key is no key, or not the certificate's
     */
    static CertificateAuthority of(String trustDomain, X509Certificate certificate, String keyPem)
            throws CertificateFault {
        KeyAlgorithm algorithm = KeyAlgorithm.of(certificate.getPublicKey());
        PrivateKey key = Pem.privateKey(keyPem, algorithm);
        CertificateAuthority authority = new CertificateAuthority(trustDomain, certificate, key, algorithm);
        if (!authority.keyFits()) {
            throw new CertificateFault("is not the key of the certificate beside it");
        }
        return authority;
    }

    /**
     * The certificate of a stored CA.
     *
     * @throws CertificateFault if it is not this trust domain's CA, or is not valid now
     */
    static X509Certificate certificate(String trustDomain, String pem, Instant now) throws CertificateFault {
        List<X509Certificate> certificates = Pem.certificates(pem);
        X509Certificate certificate = certificates.getFirst();
        if (certificates.size() > 1) {
            throw new CertificateFault("holds more than one certificate");
        }
        if (certificate.getBasicConstraints() < 0) {
            throw new CertificateFault("is no CA certificate");
        }
        if (!uriNames(certificate).equals(List.of(uri(trustDomain)))) {
            throw new CertificateFault("is not the CA of the trust domain `" + trustDomain + "`");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw new CertificateFault("is not valid yet");
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new CertificateFault("has expired");
        }
        return certificate;
    }

    public String trustDomain() {
        return trustDomain;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** The certificate as PEM: this trust domain's bundle. */
    public String certificatePem() {
        return Pem.encode(certificate);
    }

    String keyPem() {
        return Pem.encode(key);
    }

    KeyAlgorithm algorithm() {
        return algorithm;
    }

    X509Certificate sign(CertificateSigning signing) {
        return signing.sign(key, algorithm);
    }

    X500Name issuerName() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    SubjectKeyIdentifier keyIdentifier() {
        return new BcX509ExtensionUtils()
                .createSubjectKeyIdentifier(SubjectPublicKeyInfo.getInstance(
                        certificate.getPublicKey().getEncoded()));
    }

    private boolean keyFits() {
        try {
            byte[] probe = {'w', 'r', 'i', 't'};
            Signature signature = Signature.getInstance(algorithm.signature());
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> uriNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.getFirst().equals(6))
                            .map(name -> (String) name.get(1))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static String uri(String trustDomain) {
        return "spiffe://" + trustDomain;
    }

    private static X500Name subject(String trustDomain) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, nameText("Kuma"))
                .addRDN(BCStyle.OU, nameText("Mesh"))
                .addRDN(BCStyle.CN, nameText(trustDomain))
                .build();
    }

    // As Go's encoder does: PrintableString where the text allows it (an underscore does not).
    private static ASN1Encodable nameText(String text) {
        return DERPrintableString.isPrintableString(text) ? new DERPrintableString(text) : new DERUTF8String(text);
    }
}
