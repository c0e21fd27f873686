package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.source.SourceText;
import java.util.Map;

/**
 * A MeshIdentity whose selector matches no workload. One whose workloads all get a more specific one is a fallback, and fine;
 * sources without workloads say nothing about a selector, save for one that is absent and matches nothing anywhere.
 */
final class IdleIdentity implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (MeshIdentity identity : mesh.identities()) {
            Map<String, SourceText> wanted = identity.resource().matchLabels();
            if (wanted == null) {
                sink.add(Diagnostic.of(
                        DiagnosticId.IDENTITY_SELECTS_NOTHING,
                        identity.span(),
                        "the MeshIdentity `" + identity.name() + "` has no selector and selects no workload",
                        "`selector.dataplane.matchLabels: {}` selects all"));
            } else if (!mesh.workloads().isEmpty()) {
                check(mesh, identity, new Selector(wanted), sink);
            }
        }
    }

    private static void check(Mesh mesh, MeshIdentity identity, Selector selector, DiagnosticSink sink) {
        if (mesh.workloads().stream().anyMatch(selector::selects)) {
            return;
        }
        String message = "the MeshIdentity `" + identity.name() + "` selects no workload";
        sink.add(selector.miss(mesh.workloads())
                .map(miss -> Diagnostic.of(
                        DiagnosticId.IDENTITY_SELECTS_NOTHING,
                        miss.place(),
                        message + ": " + miss.message(),
                        miss.help()))
                .orElseGet(() -> Diagnostic.of(
                        DiagnosticId.IDENTITY_SELECTS_NOTHING,
                        identity.span(),
                        message + ": none has all of its labels")));
    }
}
