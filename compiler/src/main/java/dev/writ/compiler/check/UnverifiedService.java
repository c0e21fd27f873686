package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshService;

/**
 * A MeshService of another zone that names no identities: a client's proxy then takes any certificate of a trusted domain for
 * the callee's ({@code core/xds/meshroute/clusters.go}). Those of the own zone Kuma computes from its MeshIdentities.
 */
final class UnverifiedService implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        if (mesh.identities().isEmpty()) {
            return;
        }
        for (MeshService service : mesh.services()) {
            if (!service.zone().equals(mesh.zone())
                    && service.resource().identities().isEmpty()) {
                sink.add(Diagnostic.of(
                        DiagnosticId.MESH_SERVICE_UNVERIFIED,
                        service.resource().span(),
                        "the MeshService `" + service.name() + "` of the zone `" + service.zone()
                                + "` names no identities: its callers take any certificate of a trusted domain",
                        "its zone's control plane writes `spec.identities`: take the MeshService as it stands there"));
            }
        }
    }
}
