package dev.writ.compiler.envoy.kuma;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.List;

/** What a proxy has, or was sent, of the messages that Writ predicts. */
public record ProxyConfig(List<Listener> listeners, List<Cluster> clusters, List<Secret> secrets) {
    public ProxyConfig {
        listeners = List.copyOf(listeners);
        clusters = List.copyOf(clusters);
        secrets = List.copyOf(secrets);
    }
}
