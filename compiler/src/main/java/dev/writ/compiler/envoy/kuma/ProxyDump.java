package dev.writ.compiler.envoy.kuma;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A config dump of a proxy.
 *
 * @param config what it was sent last; a warming listener counts, it was sent after the active one
 * @param dataplane whose proxy it is; null where the dump does not say
 * @param inbounds its inbound listeners
 * @param refused listeners that were sent and that Envoy did not take: what they had stays in force
 * @param warming listeners that wait for their secrets: until then what they had stays in force
 */
public record ProxyDump(
        ProxyConfig config,
        @Nullable Dataplane dataplane,
        List<TaggedInbound> inbounds,
        List<Refused> refused,
        List<String> warming) {
    public ProxyDump {
        inbounds = List.copyOf(inbounds);
        refused = List.copyOf(refused);
        warming = List.copyOf(warming);
    }

    /**
     * A dataplane, in Kubernetes that of a pod. What the dump does not say is null.
     *
     * @param namespace null outside Kubernetes too
     */
    public record Dataplane(
            @Nullable String mesh,
            @Nullable String zone,
            @Nullable String namespace,
            String name) {
        @Override
        public String toString() {
            return namespace == null ? name : namespace + "/" + name;
        }
    }

    /** @param tags of the dataplane, up to Kuma 2.14 those of the inbound, which hold its {@code kuma.io/service} */
    public record TaggedInbound(String address, int port, SortedMap<String, String> tags) {
        public TaggedInbound {
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        }
    }

    /** @param details Envoy's reason */
    public record Refused(String listener, String details) {}
}
