package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.envoy.Snapshot;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one decoder: an Envoy config, as bytes or as text, into {@link EnvoyConfig}. What Envoy refuses is refused, fields
 * that nobody knows among it; what Envoy takes and Writ does not model becomes {@link Unmodelled} where it stands.
 */
public final class EnvoyConfigReader {
    static final Set<String> HARMLESS_IN_BOOTSTRAP = Set.of(
            "node",
            "static_resources",
            "cluster_manager",
            "admin",
            "overload_manager",
            "stats_config",
            "stats_sinks",
            "stats_flush_interval",
            "watchdogs",
            "application_log_config",
            "default_socket_interface",
            "memory_allocator_manager",
            "enable_dispatcher_stats",
            "grpc_async_client_manager_config");

    private final Decoding decoding = new Decoding();

    private EnvoyConfigReader() {}

    /** Reads an artifact back from the bytes of its messages. */
    public static Reading read(Snapshot snapshot) {
        EnvoyConfigReader reader = new EnvoyConfigReader();
        try {
            Map<String, List<Secret>> files = new LinkedHashMap<>();
            files.put(
                    ArtifactLayout.SDS_IDENTITY,
                    List.of(Secret.parseFrom(snapshot.identity().toByteString())));
            files.put(
                    ArtifactLayout.SDS_TRUST,
                    List.of(Secret.parseFrom(snapshot.trust().toByteString())));
            files.forEach((file, secrets) -> secrets.forEach(secret -> reader.decoding.requireKnown(secret, file)));
            return reader.decode(Bootstrap.parseFrom(snapshot.bootstrap().toByteString()), files);
        } catch (InvalidProtocolBufferException e) {
            return new Reading.Refused(List.of("snapshot: not a protobuf message: " + e.getMessage()));
        }
    }

    /** Reads an artifact back from the texts of its files. */
    public static Reading read(EnvoyFiles texts) {
        EnvoyConfigReader reader = new EnvoyConfigReader();
        ConfigText text = new ConfigText(reader.decoding);
        Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
        text.merge(texts.bootstrap(), bootstrap, ArtifactLayout.BOOTSTRAP);
        Map<String, List<Secret>> files = new LinkedHashMap<>();
        files.put(ArtifactLayout.SDS_IDENTITY, reader.secrets(text, texts.identity(), ArtifactLayout.SDS_IDENTITY));
        files.put(ArtifactLayout.SDS_TRUST, reader.secrets(text, texts.trust(), ArtifactLayout.SDS_TRUST));
        return reader.decode(bootstrap.build(), files);
    }

    /** Reads the binary snapshot that {@code writ compile} writes for the targets of Kuma. */
    public static Reading readSnapshot(byte[] snapshot) {
        try {
            Bootstrap.StaticResources resources = Bootstrap.StaticResources.parseFrom(snapshot);
            return read(resources.getListenersList(), resources.getSecretsList(), List.of());
        } catch (InvalidProtocolBufferException e) {
            return new Reading.Refused(List.of("snapshot: not a protobuf message: " + e.getMessage()));
        }
    }

    /**
     * Reads what a control plane sent a proxy, all of it. The listeners of calls that the proxy's own application makes are left out.
     *
     * @param agentTrustDomains those whose CAs an agent at the proxy's side knows, where one gives the validation context; empty
     *     if nothing is known of it
     */
    public static Reading read(List<Listener> listeners, List<Secret> secrets, List<String> agentTrustDomains) {
        EnvoyConfigReader reader = new EnvoyConfigReader();
        secrets.forEach(secret -> reader.decoding.requireKnown(secret, "secret `" + secret.getName() + "`"));
        ListenerDecoder decoder = new ListenerDecoder(
                reader.decoding,
                new Secrets(
                        reader.decoding, path -> Optional.empty(), List.of(), Optional.of(secrets), agentTrustDomains),
                Map.of());
        List<InboundListener> decoded = new ArrayList<>();
        for (Listener listener : listeners) {
            String place = "listener `" + listener.getName() + "`";
            reader.decoding.requireKnown(listener, place);
            reader.decoding.requireRules(listener, place);
            if (listener.getTrafficDirection() != TrafficDirection.OUTBOUND) {
                decoded.add(decoder.decode(listener, place));
            }
        }
        return reader.reading(new EnvoyConfig(decoded, List.of()));
    }

    private List<Secret> secrets(ConfigText text, String file, String name) {
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder();
        text.merge(file, response, name);
        List<Secret> secrets = new ArrayList<>();
        for (Any resource : response.getResourcesList()) {
            decoding.unpack(resource, Secret.class, name + ": resources").ifPresent(secrets::add);
        }
        return secrets;
    }

    private Reading decode(Bootstrap bootstrap, Map<String, List<Secret>> files) {
        String place = ArtifactLayout.BOOTSTRAP + ":";
        decoding.requireKnown(bootstrap, place);
        decoding.requireRules(bootstrap, place);
        List<Unmodelled> unmodelled = new ArrayList<>();
        decoding.beyond(bootstrap, HARMLESS_IN_BOOTSTRAP, place).ifPresent(unmodelled::add);
        ListenerDecoder decoder = new ListenerDecoder(
                decoding,
                new Secrets(
                        decoding,
                        path -> Optional.ofNullable(files.get(path)),
                        bootstrap.getStaticResources().getSecretsList(),
                        Optional.empty(),
                        List.of()),
                Map.of());
        List<InboundListener> listeners = new ArrayList<>();
        int index = 0;
        for (Listener listener : bootstrap.getStaticResources().getListenersList()) {
            listeners.add(decoder.decode(listener, place + " listeners[" + index++ + "]"));
        }
        return reading(new EnvoyConfig(listeners, unmodelled));
    }

    private Reading reading(EnvoyConfig config) {
        return decoding.refusals().isEmpty() ? new Reading.Read(config) : new Reading.Refused(decoding.refusalTexts());
    }
}
