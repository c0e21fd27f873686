package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.databind.JsonNode;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.Optional;

/**
 * The first thing in which a proxy's config is not what was predicted, of what Writ models.
 *
 * @param where the message, and the fields that lead to the difference
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

    /**
     * Compares a prediction with messages that came from elsewhere. A predicted message that is missing is a difference, and so is
     * an inbound listener that was not predicted; other clusters and secrets are not, for nobody says here whom a pod calls.
     */
    public static Optional<KumaSnapshotDifference> find(KumaSnapshot predicted, ProxyConfig found) {
        Optional<KumaSnapshotDifference> first = inListeners(predicted, found);
        return first.or(() -> inClusters(predicted, found)).or(() -> inSecrets(predicted, found));
    }

    private static Optional<KumaSnapshotDifference> inListeners(KumaSnapshot predicted, ProxyConfig found) {
        for (Listener listener : predicted.listeners()) {
            Optional<Listener> same = found.listeners().stream()
                    .filter(other -> isSame(listener, other))
                    .findFirst();
            if (same.isEmpty()) {
                return missing(Part.LISTENER, "listener", listener.getName());
            }
            Optional<KumaSnapshotDifference> difference = TreeDifference.find(
                            ModelledConfig.chains(listener), ModelledConfig.chains(same.get()))
                    .map(at -> of(at, "listener `" + listener.getName() + "`: filterChains", Part.CHAIN));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return found.listeners().stream()
                .filter(KumaSnapshotDifference::isInbound)
                .filter(other -> predicted.listeners().stream().noneMatch(listener -> isSame(listener, other)))
                .findFirst()
                .map(other -> new KumaSnapshotDifference(
                        Part.LISTENER, "listener `" + other.getName() + "`", "", '"' + other.getName() + '"'));
    }

    /** A pod's address, of which Kuma made the names up to 2.14, is not known when predicting. */
    private static boolean isSame(Listener predicted, Listener other) {
        return predicted.getName().equals(other.getName())
                || predicted.getName().startsWith("inbound:" + InboundNames.ANY_ADDRESS + ":")
                        && isInbound(other)
                        && port(predicted) == port(other);
    }

    private static int port(Listener listener) {
        return listener.getAddress().getSocketAddress().getPortValue();
    }

    private static boolean isInbound(Listener listener) {
        String name = listener.getName();
        return name.startsWith("self_inbound_dp_")
                || name.startsWith("inbound:") && !name.startsWith("inbound:passthrough:");
    }

    private static Optional<KumaSnapshotDifference> inClusters(KumaSnapshot predicted, ProxyConfig found) {
        for (Cluster cluster : predicted.clusters()) {
            Optional<Cluster> same = found.clusters().stream()
                    .filter(other -> other.getName().equals(cluster.getName()))
                    .findFirst();
            if (same.isEmpty()) {
                return missing(Part.CLUSTER, "cluster", cluster.getName());
            }
            Optional<KumaSnapshotDifference> difference = TreeDifference.find(
                            ModelledConfig.transport(cluster), ModelledConfig.transport(same.get()))
                    .map(at -> of(at, "cluster `" + cluster.getName() + "`: ", Part.TLS));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<KumaSnapshotDifference> inSecrets(KumaSnapshot predicted, ProxyConfig found) {
        for (Secret secret : predicted.secrets()) {
            Optional<Secret> same = found.secrets().stream()
                    .filter(other -> other.getName().equals(secret.getName()))
                    .findFirst();
            if (same.isEmpty()) {
                return missing(Part.SECRET, "secret", secret.getName());
            }
            Optional<KumaSnapshotDifference> difference = TreeDifference.find(
                            ModelledConfig.certificates(secret), ModelledConfig.certificates(same.get()))
                    .map(at -> of(at, "secret `" + secret.getName() + "`: ", Part.SECRET));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<KumaSnapshotDifference> missing(Part part, String kind, String name) {
        return Optional.of(new KumaSnapshotDifference(part, kind + " `" + name + "`", '"' + name + '"', ""));
    }

    private static KumaSnapshotDifference of(TreeDifference at, String message, Part otherwise) {
        Part part = otherwise;
        if (at.path().contains("rbac")) {
            part = Part.RULE;
        } else if (at.path().contains("matchTypedSubjectAltNames")) {
            part = Part.SAN;
        } else if (at.path().contains("transportSocket")) {
            part = Part.TLS;
        }
        return new KumaSnapshotDifference(part, message + at.path(), json(at.predicted()), json(at.found()));
    }

    private static String json(JsonNode node) {
        return node.isMissingNode() ? "" : node.toString();
    }
}
