package dev.writ.compiler.envoy.kuma;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.List;
import java.util.Optional;

/**
 * The first thing in which a proxy's config is not what was predicted, of what Writ models.
 *
 * @param where the messages and fields that lead to it
 * @param predicted as JSON; empty where nothing was predicted
 * @param found as JSON; empty where nothing was found
 */
public record KumaSnapshotDifference(Part part, String where, String predicted, String found) {

    /** What a difference is about. */
    public enum Part {
        LISTENER,
        CHAIN,
        TLS,
        SAN,
        RULE,
        CLUSTER,
        SECRET
    }

    /** Compares a prediction with messages that came from elsewhere; what Writ does not model is left out of them first. */
    public static Optional<KumaSnapshotDifference> find(
            KumaSnapshot predicted, List<Listener> listeners, List<Cluster> clusters, List<Secret> secrets) {
        return Optional.empty();
    }
}
