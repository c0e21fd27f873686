package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.databind.JsonNode;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.Optional;

/**
 * The first thing in which a proxy's config is not what was predicted, of what Writ models.
 *
 * @param path the fields of the message that lead to the difference; empty for the message itself
 * @param predicted as JSON; empty where nothing was predicted
 * @param found as JSON; empty where nothing was found
 */
public record KumaSnapshotDifference(Part part, Subject subject, String path, String predicted, String found) {
    /**
     * A message.
     *
     * @param kind {@code listener}, {@code cluster} or {@code secret}
     * @param port of an inbound's listener; 0 for others
     */
    public record Subject(String kind, String name, int port) {
        @Override
        public String toString() {
            return kind + " `" + name + "`";
        }
    }

    /** The message, and the fields that lead to the difference. */
    public String where() {
        return path.isEmpty() ? subject.toString() : subject + ": " + path;
    }

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
                return missing(Part.LISTENER, subject(listener));
            }
            Optional<KumaSnapshotDifference> difference = inChains(listener, same.get());
            if (difference.isPresent()) {
                return difference;
            }
        }
        return found.listeners().stream()
                .filter(KumaSnapshotDifference::isInbound)
                .filter(other -> predicted.listeners().stream().noneMatch(listener -> isSame(listener, other)))
                .findFirst()
                .map(other ->
                        new KumaSnapshotDifference(Part.LISTENER, subject(other), "", "", '"' + other.getName() + '"'));
    }

    /** Which chains there are comes first: with another number of them, the same places hold other things. */
    private static Optional<KumaSnapshotDifference> inChains(Listener predicted, Listener found) {
        JsonNode outlines = ModelledConfig.outlines(predicted);
        JsonNode others = ModelledConfig.outlines(found);
        return outlines.equals(others)
                ? TreeDifference.find(ModelledConfig.chains(predicted), ModelledConfig.chains(found))
                        .map(at -> of(at, subject(predicted), "filterChains", Part.CHAIN))
                : Optional.of(new KumaSnapshotDifference(
                        Part.CHAIN, subject(predicted), "filterChains", json(outlines), json(others)));
    }

    private static Subject subject(Listener listener) {
        return new Subject("listener", listener.getName(), port(listener));
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
                return missing(Part.CLUSTER, new Subject("cluster", cluster.getName(), 0));
            }
            Optional<KumaSnapshotDifference> difference = TreeDifference.find(
                            ModelledConfig.transport(cluster), ModelledConfig.transport(same.get()))
                    .map(at -> of(at, new Subject("cluster", cluster.getName(), 0), "", Part.TLS));
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
                return missing(Part.SECRET, new Subject("secret", secret.getName(), 0));
            }
            Optional<KumaSnapshotDifference> difference = TreeDifference.find(
                            ModelledConfig.certificates(secret), ModelledConfig.certificates(same.get()))
                    .map(at -> of(at, new Subject("secret", secret.getName(), 0), "", Part.SECRET));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<KumaSnapshotDifference> missing(Part part, Subject subject) {
        return Optional.of(new KumaSnapshotDifference(part, subject, "", '"' + subject.name() + '"', ""));
    }

    private static KumaSnapshotDifference of(TreeDifference at, Subject subject, String above, Part otherwise) {
        Part part = otherwise;
        if (at.path().contains("rbac")) {
            part = Part.RULE;
        } else if (at.path().contains("matchTypedSubjectAltNames")) {
            part = Part.SAN;
        } else if (at.path().contains("transportSocket")) {
            part = Part.TLS;
        }
        return new KumaSnapshotDifference(part, subject, above + at.path(), json(at.predicted()), json(at.found()));
    }

    private static String json(JsonNode node) {
        return node.isMissingNode() ? "" : node.toString();
    }
}
