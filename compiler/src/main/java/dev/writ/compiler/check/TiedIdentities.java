package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.SourceText;
import java.util.List;
import java.util.Map;

/** A workload that two MeshIdentities match with equally many labels, so that their names decide. */
final class TiedIdentities implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (MeshIdentity winner : mesh.identities()) {
            List<Workload> workloads = mesh.workloads().stream()
                    .filter(workload -> winner.equals(workload.identity().by()))
                    .toList();
            for (MeshIdentity loser : mesh.identities()) {
                List<Workload> tied = tied(winner, loser, workloads);
                if (!tied.isEmpty()) {
                    sink.add(Diagnostic.of(
                                    DiagnosticId.IDENTITY_TIE,
                                    loser.span(),
                                    "as specific as the MeshIdentity `" + winner.name()
                                            + "`, whose name comes first, for " + WorkloadNames.of(tied),
                                    "one more label in a selector decides it by intent")
                            .withRelated(winner.span(), "this one is taken"));
                }
            }
        }
    }

    private static List<Workload> tied(MeshIdentity winner, MeshIdentity loser, List<Workload> workloads) {
        Map<String, SourceText> one = winner.resource().matchLabels();
        Map<String, SourceText> other = loser.resource().matchLabels();
        if (winner.equals(loser) || one == null || other == null || one.size() != other.size()) {
            return List.of();
        }
        return workloads.stream().filter(new Selector(other)::selects).toList();
    }
}
