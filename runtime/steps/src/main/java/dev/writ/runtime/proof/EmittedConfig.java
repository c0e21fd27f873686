package dev.writ.runtime.proof;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.SnapshotEmitter;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.kuma.KumaSnapshotEmitter;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Target;
import java.util.Optional;

/** What a workload's Envoy would have, read back. */
final class EmittedConfig {
    private EmittedConfig() {}

    /** Empty where nothing can be emitted. */
    static Optional<EnvoyConfig> of(Compilation compilation, WorkloadPolicy policy) {
        Target target = compilation.policy().target();
        DiagnosticSink refusals = new DiagnosticSink();
        return switch (target) {
            case ENVOY, RESOURCES ->
                SnapshotEmitter.emit(policy, refusals)
                        .map(snapshot -> EnvoyConfigReader.read(snapshot).orElseThrow());
            case KUMA_2_12, KUMA_2_13, KUMA_2_14, KUMA_3 ->
                KumaSnapshotEmitter.emit(
                                compilation.model().meshOf(policy.workload().key()), policy, target, refusals)
                        .map(snapshot -> EnvoyConfigReader.read(
                                        snapshot.listeners(), snapshot.secrets(), policy.trustDomains())
                                .orElseThrow());
        };
    }
}
