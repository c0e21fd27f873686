package dev.writ.runtime.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.PathConfigSource;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One real Envoy with many listeners, given to it in a file as a control plane would: those that it refuses it tells one by one, with
 * its reason, and takes the others.
 */
final class FuzzEnvoy implements AutoCloseable {
    private static final int IN_FLIGHT = 8;
    private static final String LISTENERS = "listeners.pb";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EvidenceLog log = new EvidenceLog();
    private final ApplicationStub stub = new ApplicationStub();
    private final TemporaryFolder folder = new TemporaryFolder();
    private final ExecutorService callers = Executors.newFixedThreadPool(
            IN_FLIGHT, Thread.ofPlatform().daemon().name("writ-fuzz-", 0).factory());
    private final EnvoyProcess envoy;
    private final Map<String, Integer> ports;
    private final Map<String, String> refusals = new HashMap<>();

    private FuzzEnvoy(Path binary, List<Listener> placed) throws IOException {
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder().setVersionInfo("1");
        placed.forEach(listener -> response.addResources(Any.pack(listener)));
        Files.write(folder.path().resolve(LISTENERS), response.build().toByteArray());
        Files.write(
                folder.path().resolve("envoy.pb"),
                bootstrap(folder.path().resolve(LISTENERS), stub.port()).toByteArray());
        envoy = EnvoyProcess.start(binary, folder.path(), "envoy.pb", log::accept);
        envoy.onEnd(() -> log.end(() -> envoy.failure("Envoy has ended")));
        ports = envoy.listenerPorts();
        readRefusals();
    }

    /** @param placed listeners with names of their own */
    static FuzzEnvoy start(List<Listener> placed) {
        try {
            return new FuzzEnvoy(RealEnvoy.require(), placed);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Why Envoy has refused a listener; null if it has taken it. */
    @Nullable
    String refusal(String name) {
        return refusals.get(name);
    }

    /**
     * Makes all calls, some at a time; what Envoy logged of each, in their order.
     *
     * @param seconds how long to wait for each
     */
    List<FuzzSeen> call(List<FuzzCall> calls, int seconds) {
        List<Future<FuzzSeen>> sent = new ArrayList<>();
        for (FuzzCall call : calls) {
            sent.add(callers.submit(() -> call.send(port(call.listener()), seconds, log)));
        }
        List<FuzzSeen> seen = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            try {
                seen.add(sent.get(i).get());
            } catch (InterruptedException | ExecutionException e) {
                EnvoyFailure failure = envoy.failure("a call failed: "
                        + calls.get(i).request() + " to " + calls.get(i).listener());
                failure.initCause(e);
                throw failure;
            }
        }
        return seen;
    }

    private int port(String listener) {
        Integer port = ports.get(listener);
        if (port == null) {
            throw envoy.failure("Envoy has neither taken nor refused " + listener);
        }
        return port;
    }

    private void readRefusals() throws IOException {
        String address =
                Files.readString(folder.path().resolve("admin-address")).strip();
        URI dump = URI.create("http://" + address + "/config_dump?resource=dynamic_listeners");
        try (InputStream in = dump.toURL().openStream()) {
            for (JsonNode listener : JSON.readTree(in).path("configs")) {
                if (listener.has("error_state")) {
                    refusals.put(
                            listener.path("name").asText(),
                            listener.path("error_state").path("details").asText());
                }
            }
        }
    }

    private static Bootstrap bootstrap(Path listeners, int stubPort) {
        return Bootstrap.newBuilder()
                .setNode(Node.newBuilder().setId("fuzz").setCluster("fuzz"))
                .setAdmin(Admin.newBuilder().setAddress(JudgeListener.loopback(0)))
                .setDynamicResources(Bootstrap.DynamicResources.newBuilder()
                        .setLdsConfig(ConfigSource.newBuilder()
                                .setInitialFetchTimeout(Duration.newBuilder().setSeconds(60))
                                .setPathConfigSource(
                                        PathConfigSource.newBuilder().setPath(listeners.toString()))))
                .setStaticResources(Bootstrap.StaticResources.newBuilder()
                        .addClusters(Cluster.newBuilder()
                                .setName(FuzzPlacement.STUB)
                                .setConnectTimeout(Duration.newBuilder().setSeconds(5))
                                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                                        .setClusterName(FuzzPlacement.STUB)
                                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                                .addLbEndpoints(LbEndpoint.newBuilder()
                                                        .setEndpoint(Endpoint.newBuilder()
                                                                .setAddress(JudgeListener.loopback(stubPort))))))))
                .build();
    }

    @Override
    public void close() {
        callers.shutdownNow();
        envoy.close();
        stub.close();
        folder.close();
    }
}
