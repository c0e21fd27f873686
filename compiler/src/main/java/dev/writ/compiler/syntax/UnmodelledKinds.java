package dev.writ.compiler.syntax;

import java.util.Optional;

/**
 * Kuma's kinds that Writ does not model and that can change identity, TLS, permission or interception, each with what it
 * can do. The verdicts it may touch become unknown.
 *
 * <p>Judged harmless, and so only counted: what shapes traffic after it was permitted (MeshTimeout, MeshRetry,
 * MeshCircuitBreaker, MeshHealthCheck, MeshFaultInjection, MeshRateLimit, MeshLoadBalancingStrategy), what observes it
 * (MeshMetric, MeshTrace, MeshAccessLog), where a client sends it (MeshHTTPRoute, MeshTCPRoute, MeshGatewayRoute,
 * MeshMultiZoneService, HostnameGenerator, VirtualOutbound), what leaves the mesh (MeshPassthrough), and
 * ZoneIngress, which forwards mTLS connections unopened.
 */
final class UnmodelledKinds {
    private UnmodelledKinds() {}

    /** What a kind of the group {@code kuma.io} can do to a verdict; empty for one that is harmless, or modelled. */
    static Optional<String> reason(String kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case "MeshProxyPatch" -> "it can rewrite any part of a proxy's configuration";
                    case "ProxyTemplate" -> "it replaces or rewrites parts of a proxy's configuration";
                    case "TrafficPermission" -> "it permits callers by their service tags";
                    case "MeshOPA", "OPAPolicy" -> "it adds a decision of its own to every request";
                    case "ContainerPatch" -> "it can change how the sidecar runs and what it intercepts";
                    case "MeshGateway" -> "its listeners have TLS settings of their own";
                    case "MeshGatewayInstance", "MeshGatewayConfig" -> "it starts gateways that call into the mesh";
                    case "MeshExternalService", "ExternalService" -> "its permissions are enforced on zone egress";
                    case "ZoneEgress" -> "it ends mTLS for external services and enforces their permissions";
                    default -> null;
                });
    }
}
