package dev.writ.runtime.identity;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Makes X.509-SVIDs of one CA, of the shape that Kuma's bundled provider gives them: an empty subject and so a critical SAN
 * (RFC 5280, 4.2.1.6), for servers and clients, valid from ten seconds ago, never a CA.
 */
public final class SvidIssuer {
    private static final X500Name EMPTY_SUBJECT = X500Name.getInstance(new X500Name(""));

    private final CertificateAuthority authority;

    public SvidIssuer(CertificateAuthority authority) {
        this.authority = authority;
    }

    /** An SVID with a new key, of the CA's own algorithm as in Kuma. */
    public Svid issue(String spiffeId, Duration validity, Instant now) {
        return issue(List.of(spiffeId), authority.algorithm().generate(), validity, now);
    }

    /**
     * A certificate over a key that exists. Several URI SANs, which the SPIFFE specification forbids, are what a careless CA
     * issues and a proxy has to withstand; the texts go in as they are.
     */
    public Svid issue(List<String> uriSans, KeyPair keys, Duration validity, Instant now) {
        return issue(CertificateSigning.uriNames(uriSans), keys, validity, now);
    }

    /** No SVID: a certificate that names hosts only. */
    public Svid issueForDns(List<String> dnsNames, KeyPair keys, Duration validity, Instant now) {
        return issue(CertificateSigning.dnsNames(dnsNames), keys, validity, now);
    }

    private Svid issue(GeneralNames names, KeyPair keys, Duration validity, Instant now) {
        X509Certificate certificate = authority.sign(new CertificateSigning(
                        authority.issuerName(), EMPTY_SUBJECT, keys.getPublic(), now, validity)
                .with(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyAgreement))
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }))
                .with(Extension.basicConstraints, true, new BasicConstraints(false))
                .with(
                        Extension.authorityKeyIdentifier,
                        false,
                        new AuthorityKeyIdentifier(authority.keyIdentifier().getKeyIdentifier()))
                .with(Extension.subjectAlternativeName, true, names));
        return new Svid(certificate, keys.getPrivate());
    }
}
