package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.envoy.SnapshotEmitter;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.kuma.KumaSnapshot;
import dev.writ.compiler.envoy.kuma.KumaSnapshotEmitter;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.SnapshotJudge;
import dev.writ.runtime.proxy.JudgedConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a policy's target comes to for the second and the third judge: the same for two policies that no Envoy could tell apart.
 *
 * @param snapshots of the target {@code envoy}; empty for Kuma's
 * @param kuma of Kuma's targets
 * @param refused workloads whose config could not be emitted, with the reason
 */
record EmittedPolicy(List<Snapshot> snapshots, List<OfKuma> kuma, Map<WorkloadKey, String> refused) {

    /** @param agentTrustDomains what a SPIRE agent at the workload's side would know, where one brings the bundles */
    record OfKuma(KumaSnapshot snapshot, List<String> agentTrustDomains) {}

    static EmittedPolicy of(Compilation policy) {
        EmittedPolicy emitted = new EmittedPolicy(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
        for (WorkloadPolicy workload : policy.policy().workloads()) {
            DiagnosticSink sink = new DiagnosticSink();
            if (policy.policy().target().isKuma()) {
                KumaSnapshotEmitter.emit(
                                meshOf(workload.workload().key(), policy.model()),
                                workload,
                                policy.policy().target(),
                                sink)
                        .ifPresent(snapshot -> emitted.kuma.add(new OfKuma(snapshot, workload.trustDomains())));
            } else {
                SnapshotEmitter.emit(workload, sink).ifPresent(emitted.snapshots::add);
            }
            sink.sorted().stream()
                    .map(Diagnostic::message)
                    .findFirst()
                    .ifPresent(reason -> emitted.refused.put(workload.workload().key(), reason));
        }
        return emitted;
    }

    SnapshotJudge snapshotJudge() {
        Map<WorkloadKey, EnvoyConfig> configs = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            configs.put(snapshot.workload(), EnvoyConfigReader.read(snapshot).orElseThrow());
        }
        for (OfKuma one : kuma) {
            KumaSnapshot snapshot = one.snapshot();
            configs.put(
                    snapshot.workload(),
                    EnvoyConfigReader.read(snapshot.listeners(), snapshot.secrets(), one.agentTrustDomains())
                            .orElseThrow());
        }
        return new SnapshotJudge(configs, refused);
    }

    /** For a real Envoy. */
    List<JudgedConfig> configs() {
        return Stream.concat(
                        snapshots.stream().map(JudgedConfig::of),
                        kuma.stream().map(one -> JudgedConfig.of(one.snapshot(), one.agentTrustDomains())))
                .toList();
    }

    private static Mesh meshOf(WorkloadKey workload, MeshModel model) {
        return model.meshes().stream()
                .filter(mesh ->
                        mesh.name().equals(workload.mesh()) && mesh.zone().equals(workload.zone()))
                .findFirst()
                .orElseThrow();
    }
}
