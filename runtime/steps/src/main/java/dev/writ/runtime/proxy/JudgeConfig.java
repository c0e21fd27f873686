package dev.writ.runtime.proxy;

import dev.writ.compiler.model.WorkloadKey;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.StaticResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The config of the judge's Envoy: those of all workloads in one. Addresses, endpoints and logs are the judge's ({@link
 * JudgeListener}), names and paths have their {@link Placement}; the rest is as it was emitted.
 */
final class JudgeConfig {
    static final String FILE = "envoy.pb";

    private final Address stub;
    private final Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
    private final StaticResources.Builder resources = StaticResources.newBuilder();
    private final Map<WorkloadKey, Map<Integer, JudgedInbound>> inbounds = new HashMap<>();

    /**
     * @param secretFolders the folder of each mesh's secrets, relative to Envoy's working directory
     * @param stubPort where the clusters find the stub that plays every application
     */
    JudgeConfig(List<JudgedConfig> configs, Function<String, String> secretFolders, int stubPort) {
        this.stub = JudgeListener.loopback(stubPort);
        for (int i = 0; i < configs.size(); i++) {
            String folder = secretFolders.apply(configs.get(i).workload().mesh());
            add(configs.get(i), new Placement("w" + i + ".", folder));
        }
        bootstrap
                .setAdmin(Admin.newBuilder().setAddress(JudgeListener.loopback(0)))
                .setStaticResources(resources);
    }

    Map<WorkloadKey, Map<Integer, JudgedInbound>> inbounds() {
        return inbounds;
    }

    byte[] toByteArray() {
        return bootstrap.build().toByteArray();
    }

    private void add(JudgedConfig config, Placement placement) {
        Map<Integer, JudgedInbound> byPort = new HashMap<>();
        for (Listener listener : config.listeners()) {
            JudgeListener judged = new JudgeListener(listener, placement);
            resources.addListeners(judged.listener());
            byPort.put(listener.getAddress().getSocketAddress().getPortValue(), judged.inbound());
        }
        for (Cluster cluster : config.clusters()) {
            resources.addClusters(placement.place(cluster, stub));
        }
        config.secrets().forEach(secret -> resources.addSecrets(placement.place(secret)));
        addProcessWide(config.processWide());
        inbounds.put(config.workload(), byPort);
    }

    // What a bootstrap says beside node, admin and resources (runtime, overload) is the same in all, or they are not
    // for one process.
    private void addProcessWide(Bootstrap emitted) {
        Bootstrap rest = emitted.toBuilder().clearNode().build();
        if (inbounds.isEmpty()) {
            bootstrap.mergeFrom(rest).setNode(emitted.getNode());
        } else if (!rest.equals(bootstrap.clone().clearNode().build())) {
            throw new IllegalArgumentException("bootstraps that differ in what holds for the whole process");
        }
    }
}
