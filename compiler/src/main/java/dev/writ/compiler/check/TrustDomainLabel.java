package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import dev.writ.compiler.syntax.SpiffeTemplate.StringLiteral;
import java.util.List;

/**
 * A label in the template of a trust domain, which Kuma reads from the MeshIdentity when it issues and from the dataplane when
 * it writes the SPIFFE IDs of a MeshService ({@code meshservice/status/updater.go}). Where the two differ clients expect another
 * trust domain than their callees have.
 */
final class TrustDomainLabel implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (MeshIdentity identity : mesh.identities()) {
            identity.trustDomainTemplate().expressions().forEach(expression -> {
                if (expression instanceof Call call
                        && call.function() == Function.LABEL
                        && call.arguments().getFirst() instanceof StringLiteral name) {
                    check(identity, call, name.value(), mesh, sink);
                }
            });
        }
    }

    private static void check(MeshIdentity identity, Call call, String name, Mesh mesh, DiagnosticSink sink) {
        String own = identity.resource().metadata().label(name);
        if (own == null) {
            return;
        }
        List<Workload> differing = mesh.workloads().stream()
                .filter(workload -> workload.identity() instanceof Issued issued
                        && issued.by().equals(identity))
                .filter(workload -> !own.equals(workload.labels().get(name)))
                .toList();
        if (!differing.isEmpty()) {
            String theirs = differing.getFirst().labels().get(name);
            Diagnostic finding = Diagnostic.of(
                    DiagnosticId.IDENTITY_TRUST_DOMAIN_LABEL,
                    call.span(),
                    "here the MeshIdentity has `" + own + "`, and the workload `"
                            + differing.getFirst().key() + "` has "
                            + (theirs == null ? "no such label" : "`" + theirs + "`"),
                    "Kuma issues by the MeshIdentity's label and tells clients to expect the dataplane's, so that they"
                            + " do not take the certificate: write the trust domain out");
            sink.add(WorkloadNames.relate(finding, differing, "of this workload"));
        }
    }
}
