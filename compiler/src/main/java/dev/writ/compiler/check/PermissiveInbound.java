package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Inbounds that take plaintext beside mutual TLS, and on which permissions apply all the same: a plaintext call passes them all
 * by (observed with Kuma 3; {@code meshtls/plugin/v1alpha1/plugin.go}). Without a permission it is a step of a migration, and
 * only noted.
 */
final class PermissiveInbound implements Check {
    private final List<Applied> applied;

    PermissiveInbound(List<Applied> applied) {
        this.applied = applied;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        Set<Workload> guarded = new LinkedHashSet<>();
        Set<Workload> open = new LinkedHashSet<>();
        Permission bypassed = null;
        for (Applied one : applied) {
            for (Applied.Place place : one.places()) {
                if (isPermissive(mesh, place)) {
                    (one.permissions().isEmpty() ? open : guarded).add(place.workload());
                    bypassed = bypassed == null && !one.permissions().isEmpty()
                            ? one.permissions().getLast()
                            : bypassed;
                }
            }
        }
        if (bypassed != null) {
            report(
                    List.copyOf(guarded),
                    "plaintext calls to " + WorkloadNames.of(List.copyOf(guarded)) + " pass the permission `"
                            + bypassed.qualifiedName() + "` by: its inbound is permissive",
                    Severity.WARNING,
                    sink);
        } else if (!open.isEmpty()) {
            List<Workload> all = new ArrayList<>(open);
            report(all, "inbounds of " + WorkloadNames.of(all) + " are permissive", Severity.NOTE, sink);
        }
    }

    private static void report(List<Workload> workloads, String message, Severity severity, DiagnosticSink sink) {
        Diagnostic finding = Diagnostic.of(
                        DiagnosticId.TLS_PERMISSIVE,
                        workloads.getFirst().span(),
                        message,
                        "`mode: Strict` in a MeshTLS closes it, once every caller has an identity")
                .withSeverity(severity);
        sink.add(WorkloadNames.relate(finding, workloads.subList(1, workloads.size()), "and this workload"));
    }

    private static boolean isPermissive(Mesh mesh, Applied.Place place) {
        Boolean said = place.workload().tlsOf(place.inbound()).permissive();
        boolean hasTls = mesh.mtls() != null || place.workload().identity() instanceof Issued;
        return hasTls && (said == null ? mesh.mtls() != null && mesh.mtls().permissive() : said);
    }
}
