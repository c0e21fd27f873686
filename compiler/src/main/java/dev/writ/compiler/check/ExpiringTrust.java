package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.IdentityProvider.Bundled;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.source.SourceSpan;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A CA that is expired, or will be within 30 days: of a MeshTrust, or one of one's own that a MeshIdentity signs with. Beside a
 * CA that lasts it is what a rotation leaves behind, and only noted.
 */
final class ExpiringTrust implements Check {
    private static final Duration NEAR = Duration.ofDays(30);

    private final Instant now;

    ExpiringTrust(Instant now) {
        this.now = now;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (MeshTrust trust : mesh.trusts()) {
            check(
                    trust.caBundles(),
                    trust.span(),
                    "of the MeshTrust `" + trust.name() + "`",
                    "add the next CA's certificate to its bundles before that, and take this one out when no certificate"
                            + " of it is left",
                    sink);
        }
        for (MeshIdentity identity : mesh.identities()) {
            if (identity.provider() instanceof Bundled bundled && bundled.userCa() != null) {
                check(
                        List.of(bundled.userCa()),
                        identity.span(),
                        "that the MeshIdentity `" + identity.name() + "` signs with",
                        "no certificate outlives its CA: give it the next one",
                        sink);
            }
        }
    }

    private void check(List<String> pems, SourceSpan place, String whose, String help, DiagnosticSink sink) {
        List<X509Certificate> certificates = new ArrayList<>();
        pems.forEach(pem -> certificates.addAll(certificates(pem)));
        boolean oneLasts = certificates.stream().anyMatch(certificate -> !isNear(certificate));
        certificates.stream()
                .filter(this::isNear)
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .ifPresent(certificate -> {
                    Instant end = certificate.getNotAfter().toInstant();
                    String verb = end.isBefore(now) ? " expired on " : " expires on ";
                    Diagnostic finding = Diagnostic.of(
                            DiagnosticId.TRUST_EXPIRING,
                            place,
                            "a CA " + whose + verb + LocalDate.ofInstant(end, ZoneOffset.UTC),
                            help);
                    sink.add(oneLasts ? finding.withSeverity(Severity.NOTE) : finding);
                });
    }

    private boolean isNear(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().isBefore(now.plus(NEAR));
    }

    // One that cannot be read is a finding of its own, made where it was read first.
    private static List<X509Certificate> certificates(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            return List.of();
        }
    }
}
