package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.NetworkFilter;
import dev.writ.compiler.envoy.config.NetworkFilter.NetworkRbac;
import dev.writ.compiler.envoy.config.NetworkFilter.TcpProxy;
import java.util.List;

/**
 * A TCP proxy behind RBAC or TLS whose connections end by themselves never: Envoy asks who calls once, at the beginning. After a
 * change of rules a connection lives until its listener has drained, and after a change of trust as long as both ends hold it.
 * Without {@code idle_timeout: 0s} an hour of silence ends it.
 */
final class HeldConnections implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (Chain chain : survey.chains()) {
            List<NetworkFilter> filters = chain.config().filters();
            boolean decides = !chain.isPlaintext() || filters.stream().anyMatch(NetworkRbac.class::isInstance);
            for (int i = 0; i < filters.size(); i++) {
                if (decides && filters.get(i) instanceof TcpProxy proxy && proxy.holdsForever()) {
                    findings.add(
                            DiagnosticId.ENVOY_HELD_CONNECTION,
                            chain.place() + ".filters[" + i + "].idle_timeout",
                            "a caller keeps its connection: after a change of rules until the listener has drained, after one of trust for ever",
                            "set `max_downstream_connection_duration`, or leave `idle_timeout` at its hour");
                }
            }
        }
    }
}
