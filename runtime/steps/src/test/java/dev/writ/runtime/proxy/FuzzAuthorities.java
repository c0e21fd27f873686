package dev.writ.runtime.proxy;

import dev.writ.runtime.identity.AnyCertificate;
import dev.writ.runtime.identity.CertificateAuthority;
import dev.writ.runtime.identity.KeyAlgorithm;
import dev.writ.runtime.identity.Pem;
import dev.writ.runtime.identity.Svid;
import dev.writ.runtime.judge.Peer;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The CAs of fuzzed configs and callers, over one key pair for all callers. */
final class FuzzAuthorities {
    static final String SHOP = "shop.example";
    static final String PARTNER = "partner.example";
    static final String FOREIGN = "foreign.invalid";
    /** When callers' certificates that have expired did so. */
    static final Instant EXPIRED = Instant.parse("2020-01-01T00:00:00Z");

    private static final Duration VALIDITY = Duration.ofDays(30);

    private final Instant now = Instant.now();
    private final KeyPair keys = KeyAlgorithm.EC_P256.generate();
    private final Map<String, CertificateAuthority> authorities = new TreeMap<>();
    private final Map<Peer.Certificate, Svid> callers = new ConcurrentHashMap<>();
    private final Svid callee;

    FuzzAuthorities() {
        for (String trustDomain : List.of(SHOP, PARTNER, FOREIGN)) {
            authorities.put(trustDomain, CertificateAuthority.generate(trustDomain, KeyAlgorithm.EC_P256, now));
        }
        callee = AnyCertificate.issue(
                authority(FOREIGN), keys, List.of("spiffe://callee"), List.of(), "", now, VALIDITY);
    }

    String bundle(String trustDomain) {
        return authority(trustDomain).certificatePem();
    }

    X509Certificate callee() {
        return callee.certificate();
    }

    String calleeChain() {
        return Pem.encode(callee.certificate());
    }

    String calleeKey() {
        return Pem.encode(callee.key());
    }

    Svid caller(Peer.Certificate certificate) {
        return callers.computeIfAbsent(certificate, this::issue);
    }

    private Svid issue(Peer.Certificate certificate) {
        String trustDomain = switch (certificate.issuer()) {
            case Peer.Issuer.Trusted trusted -> SHOP;
            case Peer.Issuer.Untrusted untrusted -> FOREIGN;
            case Peer.Issuer.OfTrustDomain of -> of.trustDomain();
            case Peer.Issuer.Named named -> named.name();
        };
        boolean expired = certificate.notAfter() != null;
        return AnyCertificate.issue(
                authority(trustDomain),
                keys,
                certificate.uriSans(),
                certificate.dnsSans(),
                certificate.subject(),
                expired ? EXPIRED.minus(VALIDITY) : now,
                VALIDITY);
    }

    private CertificateAuthority authority(String trustDomain) {
        return java.util.Objects.requireNonNull(authorities.get(trustDomain));
    }
}
