package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.model.WorkloadKey;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.PathConfigSource;
import io.envoyproxy.envoy.config.core.v3.WatchedDirectory;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The config of the judge's Envoy: the emitted bootstraps in one. Each workload's files stand in a folder of its own, which goes
 * before its relative paths and before the names of its listeners and clusters; addresses, endpoints and logs are the judge's.
 */
final class JudgeConfig {
    static final String FILE = "envoy.pb";

    private static final Set<String> PATH_FIELDS = Set.of(
            DataSource.getDescriptor().findFieldByName("filename").getFullName(),
            PathConfigSource.getDescriptor().findFieldByName("path").getFullName(),
            WatchedDirectory.getDescriptor().findFieldByName("path").getFullName());

    private final int stubPort;
    private final Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
    private final Map<Path, DiscoveryResponse> secrets = new TreeMap<>();
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

    void write(Path root) throws IOException {
        Files.write(root.resolve(FILE), bootstrap.build().toByteArray());
        for (Map.Entry<Path, DiscoveryResponse> secret : secrets.entrySet()) {
            Path file = root.resolve(secret.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, secret.getValue().toByteArray());
        }
    }

    private void add(Snapshot snapshot, String folder) {
        Bootstrap emitted = snapshot.bootstrap();
        Set<String> clusters = emitted.getStaticResources().getClustersList().stream()
                .map(Cluster::getName)
                .collect(Collectors.toSet());
        MessageRewrite rewrite = new MessageRewrite((field, value) -> rename(field, value, clusters, folder));
        Map<Integer, JudgedInbound> byPort = new HashMap<>();
        for (Listener listener : emitted.getStaticResources().getListenersList()) {
            JudgeListener judged = new JudgeListener(rewrite.apply(listener), folder + "." + listener.getName());
            bootstrap.getStaticResourcesBuilder().addListeners(judged.listener());
            byPort.put(listener.getAddress().getSocketAddress().getPortValue(), judged.inbound());
        }
        for (Cluster cluster : emitted.getStaticResources().getClustersList()) {
            bootstrap.getStaticResourcesBuilder().addClusters(toStub(cluster, folder + "." + cluster.getName()));
        }
        addSecret(rewrite.apply(snapshot.identity()), folder + "/sds/identity.pb");
        addSecret(rewrite.apply(snapshot.trust()), folder + "/sds/trust.pb");
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

    private static String rename(FieldDescriptor field, String value, Set<String> clusters, String folder) {
        if (PATH_FIELDS.contains(field.getFullName()) && !value.startsWith("/")) {
            boolean isSecret = field.getContainingType().equals(PathConfigSource.getDescriptor());
            return folder + "/" + (isSecret ? value.replaceFirst("\\.yaml$", ".pb") : value);
        }
        return field.getName().equals("cluster") && clusters.contains(value) ? folder + "." + value : value;
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

    private void addSecret(Secret secret, String file) {
        secrets.put(
                Path.of(file),
                DiscoveryResponse.newBuilder()
                        .setVersionInfo("1")
                        .addResources(Any.pack(secret))
                        .build());
    }
}
