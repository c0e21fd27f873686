package dev.writ.runtime.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate in the making: what Kuma's CA certificates and SVIDs have in common. */
final class CertificateSigning {
    /** How far the validity starts in the past, for clocks that differ ({@code DefaultAllowedClockSkew} of Kuma). */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BigInteger SERIAL_BOUND = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private final X509v3CertificateBuilder builder;

    /** @param now the validity starts {@link #CLOCK_SKEW} before it and ends {@code validity} after it */
    CertificateSigning(X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration validity) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        this.builder = new X509v3CertificateBuilder(
                issuer,
                serialNumber(),
                Date.from(second.minus(CLOCK_SKEW)),
                Date.from(second.plus(validity)),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    CertificateSigning with(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(extension, critical, value);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("an extension that does not encode", e);
        }
    }

    X509Certificate sign(PrivateKey issuerKey, KeyAlgorithm algorithm) {
        try {
            X509CertificateHolder signed =
                    builder.build(new JcaContentSignerBuilder(algorithm.signature()).build(issuerKey));
            try {
                return Pem.certificate(signed.getEncoded());
            } catch (CertificateFault e) {
                // The JDK reads only what java.net.URI takes for a URI; a CA may sign, and Envoy reads, any text.
                return new JcaX509CertificateConverter()
                        .setProvider(new BouncyCastleProvider())
                        .getCertificate(signed);
            }
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("the issuer's key does not sign", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a certificate that does not encode", e);
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was just signed does not parse", e);
        }
    }

    static GeneralNames uriNames(List<String> uris) {
        return names(GeneralName.uniformResourceIdentifier, uris);
    }

    static GeneralNames dnsNames(List<String> hosts) {
        return names(GeneralName.dNSName, hosts);
    }

    private static GeneralNames names(int kind, List<String> names) {
        return new GeneralNames(
                names.stream().map(name -> new GeneralName(kind, name)).toArray(GeneralName[]::new));
    }

    /** From 1 to 2¹²⁸−1: random, and never the invalid zero. */
    private static BigInteger serialNumber() {
        while (true) {
            BigInteger drawn = new BigInteger(128, RANDOM);
            if (drawn.compareTo(SERIAL_BOUND) < 0) {
                return drawn.add(BigInteger.ONE);
            }
        }
    }
}
