package dev.writ.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.envoy.SnapshotEmitter;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the compiler emits for policies made by hand. */
final class EmittedConfigs {
    private EmittedConfigs() {}

    static InboundPolicy inbound(
            int port, Protocol protocol, List<String> trustDomains, RuleList enforced, RuleList... shadow) {
        return new InboundPolicy(
                Policies.inbound(port, protocol),
                Policies.mutualTls(trustDomains.toArray(String[]::new)),
                enforced,
                Arrays.stream(shadow).findFirst());
    }

    static WorkloadPolicy inMesh(String mesh, WorkloadPolicy policy) {
        Workload workload = policy.workload();
        WorkloadKey key = workload.key();
        WorkloadKey other = new WorkloadKey(mesh, key.zone(), key.kind(), key.namespace(), key.name());
        return new WorkloadPolicy(
                new Workload(
                        other,
                        workload.span(),
                        workload.labels(),
                        workload.inbounds(),
                        workload.identity(),
                        workload.doubts()),
                policy.inbounds());
    }

    static List<Snapshot> of(List<WorkloadPolicy> policies) {
        List<Snapshot> snapshots = new ArrayList<>();
        for (WorkloadPolicy policy : policies) {
            DiagnosticSink sink = new DiagnosticSink();
            Optional<Snapshot> snapshot = SnapshotEmitter.emit(policy, sink);
            assertThat(sink.sorted()).isEmpty();
            snapshots.add(snapshot.orElseThrow());
        }
        return snapshots;
    }
}
