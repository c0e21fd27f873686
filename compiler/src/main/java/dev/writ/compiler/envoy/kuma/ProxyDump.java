package dev.writ.compiler.envoy.kuma;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A config dump of a proxy.
 *
 * @param config what it was sent last; a warming listener counts, it was sent after the active one
 * @param dataplane whose proxy it is; null where the dump does not say
 * @param refused listeners that were sent and that Envoy did not take: what they had stays in force
 * @param warming listeners that wait for their secrets: until then what they had stays in force
 */
public record ProxyDump(
        ProxyConfig config, @Nullable Dataplane dataplane, List<Refused> refused, List<String> warming) {
    public ProxyDump {
        refused = List.copyOf(refused);
        warming = List.copyOf(warming);
    }

    /**
     * The name of a dataplane, in Kubernetes that of its pod.
     *
     * @param namespace null where the dump names none, as outside Kubernetes
     */
    public record Dataplane(@Nullable String namespace, String name) {
        @Override
        public String toString() {
            return namespace == null ? name : namespace + "/" + name;
        }
    }

    /** @param details Envoy's reason */
    public record Refused(String listener, String details) {}
}
