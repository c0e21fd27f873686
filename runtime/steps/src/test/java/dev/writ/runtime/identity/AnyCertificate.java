package dev.writ.runtime.identity;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Certificates that no SPIFFE CA would issue: any SANs or none, any subject, any validity. */
public final class AnyCertificate {
    private AnyCertificate() {}

    /** @param subject as RFC 2253 writes it; empty for none */
    public static Svid issue(
            CertificateAuthority authority,
            KeyPair keys,
            List<String> uriSans,
            List<String> dnsSans,
            String subject,
            Instant from,
            Duration validity) {
        CertificateSigning signing = new CertificateSigning(
                        authority.issuerName(), new X500Name(reversed(subject)), keys.getPublic(), from, validity)
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
                }))
                .with(Extension.basicConstraints, true, new BasicConstraints(false));
        GeneralName[] names = Stream.concat(
                        uriSans.stream().map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri)),
                        dnsSans.stream().map(dns -> new GeneralName(GeneralName.dNSName, dns)))
                .toArray(GeneralName[]::new);
        if (names.length > 0) {
            signing.with(Extension.subjectAlternativeName, subject.isEmpty(), new GeneralNames(names));
        }
        return new Svid(authority.sign(signing), keys.getPrivate());
    }

    /** RFC 2253 writes the last part of a name first. */
    private static String reversed(String subject) {
        List<String> parts = List.of(subject.split(","));
        return String.join(",", parts.reversed());
    }
}
