package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;

/**
 * MeshIdentities in a mesh whose {@code meshServices.mode} is not {@code Exclusive}, which they need: without MeshServices no
 * client knows the SPIFFE IDs of those it calls (Kuma's MeshIdentity page).
 */
final class ServicesNotExclusive implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        String mode = mesh.serviceMode();
        if (mode == null || mode.equals("Exclusive") || mesh.identities().isEmpty()) {
            return;
        }
        MeshIdentity first = mesh.identities().getFirst();
        sink.add(Diagnostic.of(
                DiagnosticId.MESH_SERVICES_NOT_EXCLUSIVE,
                first.span(),
                "a MeshIdentity needs `meshServices.mode: Exclusive`, and the mesh `" + mesh.name() + "` has `" + mode
                        + "`",
                "set it on the Mesh; clients find the identities of their callees in MeshServices"));
    }
}
