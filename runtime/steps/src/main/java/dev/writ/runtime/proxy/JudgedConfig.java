package dev.writ.runtime.proxy;

import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.envoy.kuma.KumaSnapshot;
import dev.writ.compiler.model.WorkloadKey;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.List;

/**
 * What a real Envoy is to judge by: the config of one workload.
 *
 * @param secrets those that the listeners name, with certificates and keys in files as {@code ArtifactLayout} has them, the CA of a
 *     mesh like that of a trust domain of its name
 * @param processWide what a bootstrap says beside admin and resources
 */
public record JudgedConfig(
        WorkloadKey workload,
        List<Listener> listeners,
        List<Cluster> clusters,
        List<Secret> secrets,
        Bootstrap processWide) {
    public JudgedConfig {
        listeners = List.copyOf(listeners);
        clusters = List.copyOf(clusters);
        secrets = List.copyOf(secrets);
    }

    /**
     * What a Kuma control plane would send.
     *
     * @param agentTrustDomains those whose CAs a SPIRE agent at the proxy's side would know
     */
    public static JudgedConfig of(KumaSnapshot snapshot, List<String> agentTrustDomains) {
        return KumaJudgedConfig.of(snapshot, agentTrustDomains);
    }

    /** An artifact's. */
    public static JudgedConfig of(Snapshot snapshot) {
        Bootstrap emitted = snapshot.bootstrap();
        return new JudgedConfig(
                snapshot.workload(),
                emitted.getStaticResources().getListenersList(),
                emitted.getStaticResources().getClustersList(),
                List.of(snapshot.identity(), snapshot.trust()),
                emitted.toBuilder().clearAdmin().clearStaticResources().build());
    }
}
