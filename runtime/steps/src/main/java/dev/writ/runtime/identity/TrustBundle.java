package dev.writ.runtime.identity;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshTrust;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The CA certificates that vouch for a trust domain: those of every MeshTrust that names it. */
final class TrustBundle {
    private TrustBundle() {}

    /**
     * The CA certificates that the sources give for a trust domain, as PEM, each once, in the order of the trusts.
     *
     * @param sink gets a finding for each text that is no PEM certificate
     */
    static List<String> given(Mesh mesh, String trustDomain, DiagnosticSink sink) {
        Set<String> certificates = new LinkedHashSet<>();
        for (MeshTrust trust : mesh.trusts()) {
            if (trust.trustDomain().equals(trustDomain)) {
                certificates.addAll(given(trust, sink));
            }
        }
        return List.copyOf(certificates);
    }

    static List<String> given(MeshTrust trust, DiagnosticSink sink) {
        Set<String> certificates = new LinkedHashSet<>();
        for (String bundle : trust.caBundles()) {
            try {
                Pem.certificates(bundle).stream().map(Pem::encode).forEach(certificates::add);
            } catch (CertificateFault e) {
                sink.add(Diagnostic.of(
                        DiagnosticId.IDENTITY_CA_UNUSABLE,
                        trust.span(),
                        "a CA bundle of the MeshTrust `" + trust.name() + "` " + e.getMessage()));
            }
        }
        return List.copyOf(certificates);
    }
}
