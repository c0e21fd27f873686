package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Workloads without a SPIFFE ID, for whatever reason the model found: no MeshIdentity selects them, theirs cannot issue, or its
 * templates give them none. One place is one finding, however many workloads it concerns.
 */
final class MissingIdentity implements Check {
    private record Cause(DiagnosticId id, @Nullable SourceSpan place, String message) {}

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        Map<Cause, List<Workload>> concerned = new LinkedHashMap<>();
        Map<Cause, Diagnostic> findings = new LinkedHashMap<>();
        List<Workload> unselected = new ArrayList<>();
        for (Workload workload : mesh.workloads()) {
            if (!(workload.identity() instanceof Absent absent)) {
                continue;
            }
            if (absent.by() == null) {
                unselected.add(workload);
            }
            Stream.concat(Stream.of(absent.finding()), absent.further().stream())
                    // Said of the template itself, whomever it is for.
                    .filter(finding -> finding.id() != DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE)
                    .filter(finding -> finding.id() != DiagnosticId.IDENTITY_NONE_SELECTED)
                    .forEach(finding -> {
                        Cause cause = new Cause(finding.id(), finding.span(), finding.message());
                        findings.putIfAbsent(cause, finding);
                        concerned
                                .computeIfAbsent(cause, none -> new ArrayList<>())
                                .add(workload);
                    });
        }
        findings.forEach((cause, finding) -> sink.add(of(finding, Objects.requireNonNull(concerned.get(cause)))));
        if (mesh.workloads().isEmpty()) {
            mesh.identities().forEach(identity -> reportUnready(identity, sink));
        }
        // With builtin mTLS a workload that no MeshIdentity selects has its certificate from there.
        if (mesh.mtls() == null) {
            reportUnselected(mesh, unselected, sink);
        }
    }

    // Without workloads nobody's absent identity says so. A trust domain that does not resolve is the template's
    // finding.
    private static void reportUnready(MeshIdentity identity, DiagnosticSink sink) {
        if (identity.notReady() != null && identity.trustDomain() != null) {
            sink.add(Diagnostic.of(
                    DiagnosticId.IDENTITY_NOT_READY,
                    identity.span(),
                    "the MeshIdentity `" + identity.name() + "` cannot issue: " + identity.notReady(),
                    "Kuma leaves the inbounds of its workloads in plaintext, open to everyone, and takes no other"
                            + " MeshIdentity instead"));
        }
    }

    private static Diagnostic of(Diagnostic finding, List<Workload> workloads) {
        Diagnostic whole = new Diagnostic(
                finding.id(),
                finding.severity(),
                finding.message() + " (for " + WorkloadNames.of(workloads) + ")",
                finding.span(),
                List.of(),
                finding.help());
        return WorkloadNames.relate(whole, workloads, "this workload");
    }

    // Sources without any MeshIdentity say one thing about all workloads, not one about each; manifests of an
    // application
    // alone, without anything of the mesh, leave that to the cluster.
    private static void reportUnselected(Mesh mesh, List<Workload> unselected, DiagnosticSink sink) {
        if (mesh.identities().isEmpty() && !unselected.isEmpty()) {
            Diagnostic finding = Diagnostic.of(
                    DiagnosticId.IDENTITY_NONE_SELECTED,
                    unselected.getFirst().span(),
                    "the mesh `" + mesh.name() + "` has no MeshIdentity: none for " + WorkloadNames.of(unselected),
                    "without an identity Kuma leaves inbounds in plaintext, open to everyone");
            boolean isLeftOut = mesh.serviceMode() == null && mesh.permissions().isEmpty();
            finding = isLeftOut ? finding.withSeverity(Severity.NOTE) : finding;
            sink.add(WorkloadNames.relate(finding, unselected.subList(1, unselected.size()), "and this workload"));
            return;
        }
        for (Workload workload : unselected) {
            if (workload.identity() instanceof Absent absent) {
                sink.add(absent.finding());
            }
        }
    }
}
