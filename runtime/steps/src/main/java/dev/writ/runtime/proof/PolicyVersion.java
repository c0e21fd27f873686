package dev.writ.runtime.proof;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.SnapshotJudge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One of two policies that are compared, as sources or as what was compiled from some. */
public sealed interface PolicyVersion {

    List<VersionedWorkload> workloads(boolean byShortName);

    /** The meshes that it tells of. */
    List<Mesh> meshes();

    /** Sources, compiled. */
    record OfSources(Compilation compilation) implements PolicyVersion {
        @Override
        public List<VersionedWorkload> workloads(boolean byShortName) {
            return compilation.policy().workloads().stream()
                    .map(policy -> workload(policy, byShortName))
                    .toList();
        }

        @Override
        public List<Mesh> meshes() {
            return compilation.model().meshes();
        }

        private VersionedWorkload workload(WorkloadPolicy policy, boolean byShortName) {
            Workload workload = policy.workload();
            String id = switch (workload.identity()) {
                case WorkloadIdentity.Issued issued -> issued.id().toString();
                case WorkloadIdentity.Absent absent -> null;
            };
            SortedMap<Integer, VersionedInbound> inbounds = new TreeMap<>();
            for (InboundPolicy inbound : policy.inbounds()) {
                // Two Services may name one port, which is one listener; its first inbound decides.
                inbounds.putIfAbsent(inbound.inbound().port(), VersionedInbound.of(inbound));
            }
            return new VersionedWorkload(
                    workload.key(),
                    byShortName ? workload.key().shortName() : workload.key().fullName(),
                    id,
                    true,
                    workload.span(),
                    inbounds,
                    () -> judges(policy));
        }

        private List<Judge> judges(WorkloadPolicy policy) {
            List<Judge> judges = new ArrayList<>(List.of(new ModelJudge(compilation.policy())));
            EmittedConfig.of(compilation, policy)
                    .ifPresent(config -> judges.add(
                            new SnapshotJudge(Map.of(policy.workload().key(), config))));
            return judges;
        }
    }

    /** What {@code writ compile} wrote: a config for each workload. */
    record OfConfigs(SortedMap<WorkloadKey, EnvoyConfig> configs) implements PolicyVersion {
        @Override
        public List<VersionedWorkload> workloads(boolean byShortName) {
            List<VersionedWorkload> workloads = new ArrayList<>();
            configs.forEach((key, config) -> {
                SortedMap<Integer, VersionedInbound> inbounds = new TreeMap<>();
                for (InboundListener listener : config.listeners()) {
                    inbounds.putIfAbsent(listener.port(), VersionedInbound.of(config, listener));
                }
                workloads.add(new VersionedWorkload(
                        key,
                        key.shortName(),
                        null,
                        false,
                        null,
                        inbounds,
                        () -> List.of(new SnapshotJudge(Map.of(key, config)))));
            });
            return workloads;
        }

        @Override
        public List<Mesh> meshes() {
            return List.of();
        }
    }
}
