package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.Artifact;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.envoy.SnapshotFormat;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.WorkloadKey;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What sources compile to, as committed: of several targets each in a folder named like it. */
final class GoldenOutput {
    private final SortedMap<String, String> files = new TreeMap<>();
    private final Collection<Diagnostic> trouble = new LinkedHashSet<>();

    private GoldenOutput() {}

    static GoldenOutput of(List<Loaded> targets) {
        GoldenOutput output = new GoldenOutput();
        for (Loaded loaded : targets) {
            output.add(loaded, targets.size() > 1 ? loaded.target().id() + "/" : "");
        }
        return output;
    }

    /** Whether a file of this path is one that a run writes for one target, or for several. */
    static boolean isPath(String path) {
        int slash = path.indexOf('/');
        return ArtifactLayout.isArtifact(path)
                || slash > 0
                        && Target.of(path.substring(0, slash)).isPresent()
                        && ArtifactLayout.isArtifact(path.substring(slash + 1));
    }

    /** By path. */
    SortedMap<String, String> files() {
        return files;
    }

    /** The content of one of them. */
    String text(String path) {
        return files.getOrDefault(path, "");
    }

    /** What could not be emitted; what several targets say alike is said once. */
    List<Diagnostic> trouble() {
        return List.copyOf(trouble);
    }

    private void add(Loaded loaded, String below) {
        DiagnosticSink sink = new DiagnosticSink();
        Artifacts artifacts = new Artifacts(
                loaded.compilation(), SnapshotFormat.YAML, sink, Optional.empty(), UnaryOperator.identity());
        for (Artifact artifact : artifacts.emit(all -> true)) {
            WorkloadKey workload = artifact.workload();
            String folder = workload == null ? below : below + workload.shortName() + "/";
            artifact.files()
                    .forEach((path, bytes) -> files.put(folder + path, new String(bytes, StandardCharsets.UTF_8)));
        }
        trouble.addAll(sink.sorted());
    }
}
