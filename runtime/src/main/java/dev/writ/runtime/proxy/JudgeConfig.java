package dev.writ.runtime.proxy;

import com.google.protobuf.Message;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.model.WorkloadKey;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The config of the judge's Envoy: the emitted bootstraps in one. Each workload's files stand in a folder of its own, which goes
 * before its relative paths and before the names of its listeners and clusters; addresses, endpoints and logs are the judge's.
 */
final class JudgeConfig {
    static final String FILE = "envoy.pb";

    private final int stubPort;
    private final Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
    private final Map<WorkloadKey, Map<Integer, JudgedInbound>> inbounds = new HashMap<>();

    /** @param stubPort where the clusters find the stub that plays every application */
    JudgeConfig(List<Snapshot> snapshots, int stubPort) {
        this.stubPort = stubPort;
        for (int i = 0; i < snapshots.size(); i++) {
            add(snapshots.get(i), folder(i));
        }
        bootstrap.setAdmin(Admin.newBuilder().setAddress(JudgeListener.loopback(0)));
    }

    /** The folder of the workload of this index. */
    static String folder(int index) {
        return "w" + index;
    }

    Map<WorkloadKey, Map<Integer, JudgedInbound>> inbounds() {
        return inbounds;
    }

    byte[] toByteArray() {
        return bootstrap.build().toByteArray();
    }

    private void add(Snapshot snapshot, String folder) {
        Bootstrap emitted = snapshot.bootstrap();
        Set<String> clusters = emitted.getStaticResources().getClustersList().stream()
                .map(Cluster::getName)
                .collect(Collectors.toSet());
        MessageRewrite rewrite = new MessageRewrite(message -> inFolder(message, clusters, folder));
        Map<Integer, JudgedInbound> byPort = new HashMap<>();
        for (Listener listener : emitted.getStaticResources().getListenersList()) {
            JudgeListener judged = new JudgeListener(rewrite.apply(listener), folder + "." + listener.getName());
            bootstrap.getStaticResourcesBuilder().addListeners(judged.listener());
            byPort.put(listener.getAddress().getSocketAddress().getPortValue(), judged.inbound());
        }
        for (Cluster cluster : emitted.getStaticResources().getClustersList()) {
            bootstrap.getStaticResourcesBuilder().addClusters(toStub(cluster, folder + "." + cluster.getName()));
        }
        bootstrap.getStaticResourcesBuilder().addSecrets(rewrite.apply(snapshot.identity()));
        bootstrap.getStaticResourcesBuilder().addSecrets(rewrite.apply(snapshot.trust()));
        bootstrap.mergeNode(emitted.getNode());
        keepOnlyOnce(emitted);
        inbounds.put(snapshot.workload(), byPort);
    }

    // What a bootstrap says beside node, admin and resources (runtime, overload) is the same in all, or it cannot be
    // judged in one.
    private void keepOnlyOnce(Bootstrap emitted) {
        Bootstrap rest = emitted.toBuilder()
                .clearNode()
                .clearAdmin()
                .clearStaticResources()
                .build();
        Bootstrap kept = bootstrap
                .clone()
                .clearNode()
                .clearAdmin()
                .clearStaticResources()
                .build();
        if (inbounds.isEmpty()) {
            bootstrap.mergeFrom(rest);
        } else if (!rest.equals(kept)) {
            throw new IllegalArgumentException("bootstraps that differ in what holds for the whole process");
        }
    }

    /**
     * Gives a message's names and paths their folder. Secrets become part of the config: read by SDS from files, each would take
     * inotify instances, of which a user has 128 on most machines.
     */
    private static Message inFolder(Message message, Set<String> clusters, String folder) {
        return switch (message) {
            case SdsSecretConfig secret ->
                secret.toBuilder()
                        .setName(folder + "." + secret.getName())
                        .clearSdsConfig()
                        .build();
            case Secret secret ->
                secret.toBuilder().setName(folder + "." + secret.getName()).build();
            case TlsCertificate certificate ->
                certificate.toBuilder().clearWatchedDirectory().build();
            case CertificateValidationContext context ->
                context.toBuilder().clearWatchedDirectory().build();
            case DataSource file ->
                file.hasFilename()
                        ? file.toBuilder()
                                .setFilename(folder + "/" + file.getFilename())
                                .build()
                        : file;
            case TcpProxy proxy ->
                clusters.contains(proxy.getCluster())
                        ? proxy.toBuilder()
                                .setCluster(folder + "." + proxy.getCluster())
                                .build()
                        : proxy;
            case RouteAction route ->
                clusters.contains(route.getCluster())
                        ? route.toBuilder()
                                .setCluster(folder + "." + route.getCluster())
                                .build()
                        : route;
            default -> message;
        };
    }

    private Cluster toStub(Cluster emitted, String name) {
        ClusterLoadAssignment endpoints = ClusterLoadAssignment.newBuilder()
                .setClusterName(name)
                .addEndpoints(LocalityLbEndpoints.newBuilder()
                        .addLbEndpoints(LbEndpoint.newBuilder()
                                .setEndpoint(io.envoyproxy.envoy.config.endpoint.v3.Endpoint.newBuilder()
                                        .setAddress(JudgeListener.loopback(stubPort)))))
                .build();
        return emitted.toBuilder().setName(name).setLoadAssignment(endpoints).build();
    }
}
