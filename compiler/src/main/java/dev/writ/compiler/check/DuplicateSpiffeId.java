package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Workloads of one SPIFFE ID, which no permission can tell apart: often those that share a namespace's default account. */
final class DuplicateSpiffeId implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        Map<String, List<Workload>> byId = new TreeMap<>();
        for (Workload workload : mesh.workloads()) {
            if (workload.identity() instanceof Issued issued) {
                byId.computeIfAbsent(issued.id().toString(), none -> new ArrayList<>())
                        .add(workload);
            }
        }
        byId.forEach((id, workloads) -> {
            if (workloads.stream().anyMatch(workload -> !isReplica(workload, workloads.getFirst()))) {
                Diagnostic finding = Diagnostic.of(
                        DiagnosticId.SPIFFE_ID_DUPLICATE,
                        workloads.getFirst().span(),
                        WorkloadNames.of(workloads) + " have one SPIFFE ID, `" + id + "`",
                        "a permission for one of them is one for all; with service accounts of their own they differ");
                sink.add(WorkloadNames.relate(finding, workloads.subList(1, workloads.size()), "has the same"));
            }
        });
    }

    // Outside Kubernetes each replica is a Dataplane of its own: what they are replicas of is a label, or the service's
    // tag.
    private static boolean isReplica(Workload one, Workload other) {
        return one.equals(other)
                || one.isUniversal()
                        && other.isUniversal()
                        && (Objects.equals(
                                                one.labels().get("kuma.io/workload"),
                                                other.labels().get("kuma.io/workload"))
                                        && one.labels().containsKey("kuma.io/workload")
                                || !services(one).isEmpty() && services(one).equals(services(other)));
    }

    private static Set<String> services(Workload workload) {
        Set<String> services = new TreeSet<>();
        for (Inbound inbound : workload.inbounds()) {
            Optional.ofNullable(inbound.tags().get(KumaLabels.SERVICE)).ifPresent(services::add);
        }
        return services;
    }
}
