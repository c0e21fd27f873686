package dev.writ.compiler.envoy.config;

import java.util.List;

/**
 * What of an Envoy's config decides about incoming connections, without any protobuf type. Clusters, access logs and
 * timeouts decide nothing and are left out.
 *
 * @param unmodelled parts of the bootstrap that may change any decision
 */
public record EnvoyConfig(List<InboundListener> listeners, List<Unmodelled> unmodelled) {
    public EnvoyConfig {
        listeners = List.copyOf(listeners);
        unmodelled = List.copyOf(unmodelled);
    }
}
