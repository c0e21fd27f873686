package dev.writ.compiler.envoy.kuma;

import dev.writ.compiler.envoy.GeneratedText;
import dev.writ.compiler.model.WorkloadKey;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.List;

/**
 * What a Kuma control plane sends one proxy, by xDS, with the names it uses. What is generated while it runs stands as a
 * {@link GeneratedText}.
 *
 * @param listeners of the inbounds, in the order of their names
 * @param clusters of the inbounds, the outbounds and a SPIRE agent, in the order of their names
 * @param secrets in the order of their names
 */
public record KumaSnapshot(
        WorkloadKey workload, List<Listener> listeners, List<Cluster> clusters, List<Secret> secrets) {
    public KumaSnapshot {
        listeners = List.copyOf(listeners);
        clusters = List.copyOf(clusters);
        secrets = List.copyOf(secrets);
    }
}
