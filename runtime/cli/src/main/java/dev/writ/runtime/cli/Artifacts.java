package dev.writ.runtime.cli;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.Artifact;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.envoy.SnapshotEmitter;
import dev.writ.compiler.envoy.SnapshotFormat;
import dev.writ.compiler.envoy.SnapshotWriter;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.config.Reading;
import dev.writ.compiler.envoy.kuma.KumaSnapshotEmitter;
import dev.writ.compiler.envoy.kuma.KumaSnapshotWriter;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.resource.ResourceEmitter;
import dev.writ.runtime.proof.TranslationProof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Emits what a run's target has to be written, for the chosen workloads. */
final class Artifacts {
    private static final Path ROOT = Path.of("artifacts");

    private final Compilation compilation;
    private final SnapshotFormat format;
    private final DiagnosticSink sink;
    private final Optional<TranslationProof> proof;
    private final UnaryOperator<WorkloadPolicy> emitted;
    private final SortedMap<String, Workload> byFolder = new TreeMap<>();

    /**
     * @param sink gets what cannot be emitted, and names that are no folder's; with an error there nothing should be written
     * @param proof is given each config as it is read back; empty to do without
     * @param emitted what the emitters are given of a policy: all of it, but in a test of what comes of their faults
     */
    Artifacts(
            Compilation compilation,
            SnapshotFormat format,
            DiagnosticSink sink,
            Optional<TranslationProof> proof,
            UnaryOperator<WorkloadPolicy> emitted) {
        this.compilation = compilation;
        this.format = format;
        this.sink = sink;
        this.proof = proof;
        this.emitted = emitted;
    }

    List<Artifact> emit(Predicate<Workload> chosen) {
        return switch (compilation.policy().target()) {
            case ENVOY, KUMA_2_12, KUMA_2_13, KUMA_2_14, KUMA_3 -> ofWorkloads(chosen);
            case RESOURCES -> ofAll();
        };
    }

    private List<Artifact> ofWorkloads(Predicate<Workload> chosen) {
        List<Artifact> artifacts = new ArrayList<>();
        for (WorkloadPolicy policy : compilation.policy().workloads()) {
            if (chosen.test(policy.workload())) {
                files(policy)
                        .filter(files -> hasFolder(policy.workload()))
                        .ifPresent(files ->
                                artifacts.add(new Artifact(policy.workload().key(), files)));
            }
        }
        return artifacts;
    }

    private Optional<SortedMap<String, byte[]>> files(WorkloadPolicy policy) {
        Target target = compilation.policy().target();
        return switch (target) {
            case ENVOY ->
                SnapshotEmitter.emit(emitted.apply(policy), sink).map(snapshot -> {
                    prove(policy, () -> EnvoyConfigReader.read(snapshot));
                    return SnapshotWriter.write(snapshot, format);
                });
            case KUMA_2_12, KUMA_2_13, KUMA_2_14, KUMA_3 ->
                KumaSnapshotEmitter.emit(
                                compilation.model().meshOf(policy.workload().key()),
                                emitted.apply(policy),
                                target,
                                sink)
                        .map(snapshot -> {
                            prove(
                                    policy,
                                    () -> EnvoyConfigReader.read(
                                            snapshot.listeners(), snapshot.secrets(), policy.trustDomains()));
                            return new TreeMap<>(
                                    Map.of(format.snapshotFile(), KumaSnapshotWriter.write(snapshot, format)));
                        });
            case RESOURCES -> throw new IllegalStateException("written for all workloads together");
        };
    }

    private void prove(WorkloadPolicy policy, Supplier<Reading> read) {
        proof.ifPresent(given -> given.add(policy, read.get().orElseThrow()));
    }

    private List<Artifact> ofAll() {
        return ResourceEmitter.emit(compilation.model(), sink)
                .map(texts -> {
                    SortedMap<String, byte[]> files = new TreeMap<>();
                    texts.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
                    return List.of(new Artifact(null, files));
                })
                .orElse(List.of());
    }

    private boolean hasFolder(Workload workload) {
        WorkloadKey key = workload.key();
        try {
            Path folder = ROOT.relativize(ArtifactLayout.folder(ROOT, key));
            Workload other = byFolder.putIfAbsent(folder.toString(), workload);
            if (other != null) {
                sink.add(shared(workload, other));
            }
            return true;
        } catch (IllegalArgumentException noFolder) {
            sink.add(
                    DiagnosticId.ARTIFACT_UNWRITABLE,
                    workload.span(),
                    "the name of the workload `" + key + "` cannot name a folder");
            return false;
        }
    }

    private static Diagnostic shared(Workload workload, Workload other) {
        WorkloadKey one = other.key();
        WorkloadKey two = workload.key();
        String names = one.kind().equals(two.kind())
                ? "`" + one.fullName() + "` and `" + two.fullName() + "`"
                : "the " + one.kind() + " and the " + two.kind() + " `" + two + "`";
        return Diagnostic.of(
                        DiagnosticId.ARTIFACT_UNWRITABLE,
                        workload.span(),
                        names + " would be written into one folder",
                        "compile each alone into a folder of its own: `--workload '" + one.fullName()
                                + "'`, `--workload '" + two.fullName() + "'`")
                .withRelated(other.span(), "the " + one.kind());
    }
}
