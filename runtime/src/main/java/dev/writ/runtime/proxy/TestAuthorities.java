package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.identity.CertificateAuthority;
import dev.writ.runtime.identity.KeyAlgorithm;
import dev.writ.runtime.identity.Pem;
import dev.writ.runtime.identity.Svid;
import dev.writ.runtime.identity.SvidIssuer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CAs of a judge's run: one for each trust domain that a mesh trusts, and a foreign one that nobody trusts. Real
 * certificates, over one key pair for all callers, because making keys is what takes time.
 */
final class TestAuthorities {
    private static final Duration VALIDITY = Duration.ofHours(24);
    private static final String FOREIGN = "foreign.invalid";

    private final Instant now;
    private final KeyPair keys = KeyAlgorithm.EC_P256.generate();
    private final SvidIssuer foreign;
    private final Map<String, Map<String, CertificateAuthority>> byMesh = new HashMap<>();

    TestAuthorities(Instant now) {
        this.now = now;
        this.foreign = new SvidIssuer(CertificateAuthority.generate(FOREIGN, KeyAlgorithm.EC_P256, now));
    }

    /** Makes what the workload's Envoy needs in {@code secrets/}, and returns the certificate it will present. */
    Svid writeSecrets(Snapshot snapshot, Path folder) throws IOException {
        Map<String, CertificateAuthority> trusted =
                byMesh.computeIfAbsent(snapshot.workload().mesh(), mesh -> new HashMap<>());
        List<String> trustDomains = trustDomains(snapshot);
        Files.createDirectories(folder.resolve(ArtifactLayout.SECRETS));
        for (String domain : trustDomains) {
            CertificateAuthority authority = trusted.computeIfAbsent(
                    domain, name -> CertificateAuthority.generate(name, KeyAlgorithm.EC_P256, now));
            Files.writeString(folder.resolve(ArtifactLayout.trustBundle(domain)), authority.certificatePem());
        }
        // The callee's own identity plays no part in the verdict: any will do, and this one names its purpose.
        Svid server = foreign.issue(List.of(SpiffeId.SCHEME + FOREIGN + "/callee"), keys, VALIDITY, now);
        Files.writeString(folder.resolve(ArtifactLayout.SVID), Pem.encode(server.certificate()));
        Files.writeString(folder.resolve(ArtifactLayout.SVID_KEY), Pem.encode(server.key()));
        return server;
    }

    /** A caller's certificate: signed by the CA of the first URI SAN's trust domain if the mesh trusts it, else a foreign one. */
    Svid caller(String mesh, List<String> uriSans) {
        CertificateAuthority authority = byMesh.getOrDefault(mesh, Map.of()).get(trustDomain(uriSans.getFirst()));
        SvidIssuer issuer = authority == null ? foreign : new SvidIssuer(authority);
        return issuer.issue(uriSans, keys, VALIDITY, now);
    }

    /** What stands between {@code spiffe://} and the next slash, whatever the rest looks like. */
    private static String trustDomain(String uriSan) {
        if (!uriSan.startsWith(SpiffeId.SCHEME)) {
            return "";
        }
        int slash = uriSan.indexOf('/', SpiffeId.SCHEME.length());
        return uriSan.substring(SpiffeId.SCHEME.length(), slash < 0 ? uriSan.length() : slash);
    }

    private static List<String> trustDomains(Snapshot snapshot) {
        Any validator = snapshot.trust()
                .getValidationContext()
                .getCustomValidatorConfig()
                .getTypedConfig();
        try {
            return validator.unpack(SPIFFECertValidatorConfig.class).getTrustDomainsList().stream()
                    .map(SPIFFECertValidatorConfig.TrustDomain::getName)
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("an artifact whose trust is not the SPIFFE validator's", e);
        }
    }
}
