package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.envoy.SnapshotEmitter;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the target emits for the workloads of a run, by the path of each workload's folder. */
record Artifacts(SortedMap<String, Snapshot> byFolder) {

    /** @param sink gets what cannot be emitted, and names that are no folder's; with an error there nothing should be written */
    static Artifacts of(List<WorkloadPolicy> policies, Predicate<Workload> chosen, DiagnosticSink sink) {
        SortedMap<String, Snapshot> byFolder = new TreeMap<>();
        for (WorkloadPolicy policy : policies) {
            if (chosen.test(policy.workload())) {
                SnapshotEmitter.emit(policy, sink)
                        .ifPresent(snapshot -> put(byFolder, policy.workload(), snapshot, sink));
            }
        }
        return new Artifacts(byFolder);
    }

    private static void put(
            SortedMap<String, Snapshot> byFolder, Workload workload, Snapshot snapshot, DiagnosticSink sink) {
        Path root = Path.of("artifacts");
        try {
            String folder = root.relativize(ArtifactLayout.folder(root, workload.key()))
                    .toString()
                    .replace('\\', '/');
            Snapshot other = byFolder.putIfAbsent(folder, snapshot);
            if (other != null) {
                sink.add(
                        DiagnosticId.ARTIFACT_UNWRITABLE,
                        workload.span(),
                        "`" + workload.key().fullName() + "` and `"
                                + other.workload().fullName() + "` would be written into one folder",
                        "compile them into different folders, one by one with `--workload`");
            }
        } catch (IllegalArgumentException noFolder) {
            sink.add(
                    DiagnosticId.ARTIFACT_UNWRITABLE,
                    workload.span(),
                    "the name of the workload `" + workload.key() + "` cannot name a folder");
        }
    }
}
