package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.model.Workload;
import java.util.List;
import java.util.stream.Collectors;

/** How findings speak of several workloads: the first few by name, the others by their number. */
final class WorkloadNames {
    private static final int MOST = 3;

    private WorkloadNames() {}

    /** {@code `a`, `b`, `c` and 4 more}. */
    static String of(List<Workload> workloads) {
        String names = workloads.stream()
                .limit(MOST)
                .map(workload -> "`" + workload.key() + "`")
                .collect(Collectors.joining(", "));
        int more = workloads.size() - MOST;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    /** The finding with the places of those it names. */
    static Diagnostic relate(Diagnostic finding, List<Workload> workloads, String label) {
        Diagnostic related = finding;
        for (Workload workload : workloads.subList(0, Math.min(MOST, workloads.size()))) {
            related = related.withRelated(workload.span(), label);
        }
        return related;
    }
}
