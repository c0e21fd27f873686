package dev.writ.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CertificateShapeTest {
    private static final String TRUST_DOMAIN = "default.default.mesh.local";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.750Z");
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.generate(TRUST_DOMAIN, KeyAlgorithm.RSA_2048, NOW);

    @Test
    void authorityHasTheSubjectKumaGivesIt() {
        assertThat(AUTHORITY.certificate().getSubjectX500Principal().toString())
                .isEqualTo("CN=" + TRUST_DOMAIN + ", OU=Mesh, O=Kuma");
        assertThat(AUTHORITY.certificate().getIssuerX500Principal())
                .isEqualTo(AUTHORITY.certificate().getSubjectX500Principal());
    }

    @Test
    void authoritySignsCertificatesAndRevocationListsOnly() throws Exception {
        X509Certificate certificate = AUTHORITY.certificate();
        certificate.verify(certificate.getPublicKey());
        assertThat(usages(certificate)).containsExactly(5, 6);
        assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(certificate.getExtendedKeyUsage()).isNull();
        assertThat(certificate.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(Extension.keyUsage.getId(), Extension.basicConstraints.getId());
        assertThat(certificate.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(
                        Extension.subjectKeyIdentifier.getId(), Extension.subjectAlternativeName.getId());
        assertThat(uris(certificate)).containsExactly("spiffe://" + TRUST_DOMAIN);
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withRSA");
    }

    @Test
    void authorityLivesTenYearsFromTenSecondsAgo() {
        assertThat(AUTHORITY.certificate().getNotBefore().toInstant()).isEqualTo("2026-03-01T11:59:50Z");
        assertThat(AUTHORITY.certificate().getNotAfter().toInstant()).isEqualTo("2036-02-27T12:00:00Z");
    }

    /** The CA certificate that Kuma made in the guide: everything but key, serial number, signature and time is the same. */
    @Test
    void authorityIsEncodedAsKumaEncodesIt() throws Exception {
        Path guide = Path.of(System.getProperty("writ.root"), "..", "shared", "seeds", "000_cf4cf6b4c1e1c68d.txt");
        if (!Files.isRegularFile(guide)) {
            System.out.println("SKIPPED: no seeds beside the project, so no CA of Kuma to compare with");
            Assumptions.abort("no seeds");
        }
        String text = Files.readString(guide, StandardCharsets.UTF_8);
        String pem = text.substring(text.indexOf("-----BEGIN CERT"), text.indexOf("-----END CERTIFICATE-----") + 25)
                .replaceAll("(?m)^ +", "");
        JcaX509CertificateHolder kuma =
                new JcaX509CertificateHolder(Pem.certificates(pem).getFirst());
        JcaX509CertificateHolder ours = new JcaX509CertificateHolder(AUTHORITY.certificate());

        assertThat(ours.getSubject().getEncoded()).isEqualTo(kuma.getSubject().getEncoded());
        assertThat(ours.getSignatureAlgorithm()).isEqualTo(kuma.getSignatureAlgorithm());
        assertThat(ours.getSubjectPublicKeyInfo().getAlgorithm())
                .isEqualTo(kuma.getSubjectPublicKeyInfo().getAlgorithm());
        assertThat(extensionOids(ours)).isEqualTo(extensionOids(kuma));
        for (ASN1ObjectIdentifier oid : extensionOids(kuma)) {
            Extension extension = kuma.getExtension(oid);
            Extension same = ours.getExtension(extension.getExtnId());
            assertThat(same.isCritical()).isEqualTo(extension.isCritical());
            if (!extension.getExtnId().equals(Extension.subjectKeyIdentifier)) {
                assertThat(same).isEqualTo(extension);
            }
        }
        assertThat(Duration.between(
                        kuma.getNotBefore().toInstant(), kuma.getNotAfter().toInstant()))
                .isEqualTo(CertificateAuthority.VALIDITY.plus(CertificateSigning.CLOCK_SKEW));
    }

    @Test
    void svidHasAnEmptySubjectAndOneCriticalUri() throws Exception {
        X509Certificate leaf = leaf("spiffe://default.default.mesh.local/ns/kuma-demo/sa/kv");
        assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
        assertThat(uris(leaf)).containsExactly("spiffe://default.default.mesh.local/ns/kuma-demo/sa/kv");
        assertThat(leaf.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(
                        Extension.keyUsage.getId(),
                        Extension.basicConstraints.getId(),
                        Extension.subjectAlternativeName.getId());
    }

    @Test
    void svidServesAndCallsButSignsNothing() throws Exception {
        X509Certificate leaf = leaf("spiffe://default.default.mesh.local/a");
        leaf.verify(AUTHORITY.certificate().getPublicKey());
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(usages(leaf)).containsExactly(0, 2, 4);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(((RSAPublicKey) leaf.getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
    }

    @Test
    void svidExpiresAsTheIdentitySays() {
        X509Certificate leaf = leaf("spiffe://default.default.mesh.local/a");
        assertThat(leaf.getNotBefore().toInstant()).isEqualTo("2026-03-01T11:59:50Z");
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo("2026-03-01T13:00:00Z");
    }

    @Test
    void svidNamesTheKeyOfItsAuthority() throws Exception {
        JcaX509CertificateHolder leaf = new JcaX509CertificateHolder(leaf("spiffe://default.default.mesh.local/a"));
        byte[] subjectKey = ASN1OctetString.getInstance(new JcaX509CertificateHolder(AUTHORITY.certificate())
                        .getExtension(Extension.subjectKeyIdentifier)
                        .getParsedValue())
                .getOctets();
        assertThat(AuthorityKeyIdentifier.fromExtensions(leaf.getExtensions()).getKeyIdentifierOctets())
                .isEqualTo(subjectKey);
    }

    @Test
    void serialNumbersAreLargeAndNeverTheSame() {
        CertificateAuthority authority = CertificateAuthority.generate("a.b", KeyAlgorithm.EC_P256, NOW);
        SvidIssuer issuer = new SvidIssuer(authority);
        Set<BigInteger> serials = new HashSet<>();
        int bits = 0;
        for (int i = 0; i < 50; i++) {
            BigInteger serial = issuer.issue("spiffe://a.b/x", Duration.ofHours(1), NOW)
                    .certificate()
                    .getSerialNumber();
            assertThat(serial).isPositive();
            assertThat(serial.bitLength()).isLessThanOrEqualTo(128);
            bits = Math.max(bits, serial.bitLength());
            serials.add(serial);
        }
        assertThat(serials).hasSize(50);
        assertThat(bits).isGreaterThan(120);
    }

    @Test
    void severalUriSansKeepTheirOrder() throws Exception {
        CertificateAuthority authority = CertificateAuthority.generate("a.b", KeyAlgorithm.EC_P256, NOW);
        Svid svid = new SvidIssuer(authority)
                .issue(
                        List.of("spiffe://a.b/y", "spiffe://a.b/x", "kuma://app/kv"),
                        KeyAlgorithm.EC_P256.generate(),
                        Duration.ofHours(1),
                        NOW);
        assertThat(uris(svid.certificate())).containsExactly("spiffe://a.b/y", "spiffe://a.b/x", "kuma://app/kv");
    }

    @Test
    void keysAndCertificatesSurvivePem() throws Exception {
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            CertificateAuthority authority = CertificateAuthority.generate("a_b", algorithm, NOW);
            X509Certificate certificate = CertificateAuthority.certificate("a_b", authority.certificatePem(), NOW);
            assertThat(certificate).isEqualTo(authority.certificate());
            assertThat(CertificateAuthority.of("a_b", certificate, authority.keyPem())
                            .keyPem())
                    .isEqualTo(authority.keyPem());
        }
    }

    @Test
    void aKeyIsNeverPartOfAText() {
        Svid svid = new SvidIssuer(AUTHORITY).issue("spiffe://default.default.mesh.local/a", Duration.ofHours(1), NOW);
        assertThat(svid.toString()).matches("Svid\\[[0-9a-f]+]");
    }

    private static X509Certificate leaf(String id) {
        return new SvidIssuer(AUTHORITY).issue(id, Duration.ofHours(1), NOW).certificate();
    }

    private static List<String> uris(X509Certificate certificate) throws Exception {
        List<String> uris = new ArrayList<>();
        GeneralNames names = GeneralNames.fromExtensions(
                new JcaX509CertificateHolder(certificate).getExtensions(), Extension.subjectAlternativeName);
        for (GeneralName name : names.getNames()) {
            assertThat(name.getTagNo()).isEqualTo(GeneralName.uniformResourceIdentifier);
            uris.add(DERIA5String.getInstance(name.getName()).getString());
        }
        return uris;
    }

    private static List<Integer> usages(X509Certificate certificate) {
        List<Integer> bits = new ArrayList<>();
        boolean[] usage = certificate.getKeyUsage();
        for (int i = 0; i < usage.length; i++) {
            if (usage[i]) {
                bits.add(i);
            }
        }
        return bits;
    }

    private static ASN1ObjectIdentifier[] extensionOids(JcaX509CertificateHolder certificate) {
        return certificate.getExtensions().getExtensionOIDs();
    }
}
