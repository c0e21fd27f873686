package dev.writ.compiler.envoy.kuma;

import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;

/**
 * What Kuma's config calls the parts of an inbound: since 3 {@code self_inbound_dp_} and the section ({@code core/naming}), before
 * it by addresses ({@code xds/envoy/names}).
 *
 * @param listenerStats empty: the listener has no prefix of its own
 * @param stats of the connection manager or the TCP proxy
 * @param altStats of the cluster; empty for its name
 * @param virtualHost where the routes are
 */
record InboundNames(
        String listener,
        String listenerStats,
        String stats,
        String cluster,
        String altStats,
        String route,
        String virtualHost) {
    /** A pod gets its address when it starts. */
    static final String ANY_ADDRESS = "0.0.0.0";

    static InboundNames of(Workload workload, Inbound inbound, Target target) {
        if (target.isKuma2()) {
            String cluster = "localhost:" + inbound.servicePort();
            String service = inbound.tags().getOrDefault(KumaLabels.SERVICE, "");
            String address = address(workload, inbound);
            return new InboundNames(
                    "inbound:" + (address.contains(":") ? "[" + address + "]" : address) + ":" + inbound.port(),
                    "",
                    sanitized(cluster),
                    cluster,
                    sanitized(cluster),
                    "inbound:" + service,
                    service);
        }
        String name = "self_inbound_dp_" + (inbound.name() == null ? inbound.port() : inbound.name());
        return new InboundNames(name, name, name, name, "", name, name);
    }

    static String address(Workload workload, Inbound inbound) {
        if (inbound.address() != null) {
            return inbound.address();
        }
        return workload.address() == null ? ANY_ADDRESS : workload.address();
    }

    /** As Kuma's {@code SanitizeMetric} does. */
    private static String sanitized(String name) {
        return name.replaceAll("[^a-zA-Z_\\-0-9]", "_");
    }
}
