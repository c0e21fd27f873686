package dev.writ.runtime.proxy;

import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.identity.CertificateAuthority;
import dev.writ.runtime.identity.KeyAlgorithm;
import dev.writ.runtime.identity.Pem;
import dev.writ.runtime.identity.Svid;
import dev.writ.runtime.identity.SvidIssuer;
import dev.writ.runtime.judge.Caller;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The CAs of a judge's run: one for each trust domain that a mesh trusts, the mesh's own CA as that of a trust domain of its name, and
 * a foreign one that nobody trusts. Real
 * certificates, over one key pair for all callers, because making keys is what takes time.
 */
final class TestAuthorities {
    private static final Duration VALIDITY = Duration.ofHours(24);
    private static final String FOREIGN = "foreign.invalid";

    private final Instant now;
    private final KeyPair keys = KeyAlgorithm.EC_P256.generate();
    private final SvidIssuer foreign;
    private final Svid callee;
    private final Map<String, Map<String, CertificateAuthority>> byMesh = new LinkedHashMap<>();
    private final Map<String, String> folders = new HashMap<>();

    private final Map<CallerKey, Svid> callers = new ConcurrentHashMap<>();

    private record CallerKey(String mesh, Caller.Presenting caller) {}

    TestAuthorities(List<JudgedConfig> configs, Instant now) {
        this.now = now;
        this.foreign = new SvidIssuer(CertificateAuthority.generate(FOREIGN, KeyAlgorithm.EC_P256, now));
        // A callee's own identity plays no part in the verdict: one serves for all, and names its purpose.
        this.callee = foreign.issue(List.of(SpiffeId.SCHEME + FOREIGN + "/callee"), keys, VALIDITY, now);
        for (JudgedConfig config : configs) {
            String mesh = config.workload().mesh();
            folders.putIfAbsent(mesh, "m" + folders.size());
            Map<String, CertificateAuthority> trusted = byMesh.computeIfAbsent(mesh, name -> new TreeMap<>());
            for (String domain : trustDomains(config)) {
                trusted.computeIfAbsent(domain, name -> CertificateAuthority.generate(name, KeyAlgorithm.EC_P256, now));
            }
        }
    }

    /** The folder of a mesh's secrets. */
    String folder(String mesh) {
        return Objects.requireNonNull(folders.get(mesh));
    }

    /** What every callee presents. */
    X509Certificate callee() {
        return callee.certificate();
    }

    /** Writes what the artifacts of each mesh expect in {@code secrets/}, below the mesh's folder. */
    void write(Path root) throws IOException {
        for (Map.Entry<String, Map<String, CertificateAuthority>> mesh : byMesh.entrySet()) {
            Path folder = root.resolve(folder(mesh.getKey()));
            Files.createDirectories(folder.resolve(ArtifactLayout.SECRETS));
            for (CertificateAuthority authority : mesh.getValue().values()) {
                Files.writeString(
                        folder.resolve(ArtifactLayout.trustBundle(authority.trustDomain())),
                        authority.certificatePem());
            }
            Files.writeString(folder.resolve(ArtifactLayout.SVID), Pem.encode(callee.certificate()));
            Files.writeString(folder.resolve(ArtifactLayout.SVID_KEY), Pem.encode(callee.key()));
        }
    }

    /** A caller's certificate. */
    Svid caller(String mesh, Caller.Presenting caller) {
        return callers.computeIfAbsent(new CallerKey(mesh, caller), key -> switch (caller) {
            case Caller.Certificate certificate ->
                issuer(mesh, certificate).issue(certificate.uriSans(), keys, VALIDITY, now);
            case Caller.ExpiredCertificate certificate ->
                issuer(mesh, certificate)
                        .issue(certificate.uriSans(), keys, VALIDITY, now.minus(VALIDITY.multipliedBy(2)));
            case Caller.ForeignCertificate certificate -> foreign.issue(certificate.uriSans(), keys, VALIDITY, now);
            case Caller.DnsCertificate certificate ->
                byMesh.getOrDefault(mesh, Map.of()).values().stream()
                        .findFirst()
                        .map(SvidIssuer::new)
                        .orElse(foreign)
                        .issueForDns(certificate.dnsNames(), keys, VALIDITY, now);
        });
    }

    /** The CA of the first URI SAN's trust domain if the mesh trusts it, else a foreign one. */
    private SvidIssuer issuer(String mesh, Caller.Named caller) {
        CertificateAuthority authority = byMesh.getOrDefault(mesh, Map.of())
                .get(trustDomain(caller.uriSans().getFirst()));
        return authority == null ? foreign : new SvidIssuer(authority);
    }

    /** What stands between {@code spiffe://} and the next slash, whatever the rest looks like. */
    private static String trustDomain(String uriSan) {
        if (!uriSan.startsWith(SpiffeId.SCHEME)) {
            return "";
        }
        int slash = uriSan.indexOf('/', SpiffeId.SCHEME.length());
        return uriSan.substring(SpiffeId.SCHEME.length(), slash < 0 ? uriSan.length() : slash);
    }

    private static Set<String> trustDomains(JudgedConfig config) {
        Set<String> trustDomains = new TreeSet<>();
        for (Secret secret : config.secrets()) {
            CertificateValidationContext context = secret.getValidationContext();
            if (context.hasTrustedCa()) {
                trustDomains.add(config.workload().mesh());
            }
            if (context.hasCustomValidatorConfig()) {
                Packed.unpack(context.getCustomValidatorConfig().getTypedConfig(), SPIFFECertValidatorConfig.class)
                        .getTrustDomainsList()
                        .forEach(trustDomain -> trustDomains.add(trustDomain.getName()));
            }
        }
        return trustDomains;
    }
}
