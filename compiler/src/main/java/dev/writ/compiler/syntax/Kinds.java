package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.NearName;
import java.util.List;
import java.util.Optional;

/** Which kinds there are, by the group of their apiVersion. A kind of another group is another kind. */
final class Kinds {
    static final String KUMA = "kuma.io";
    /** The group of the SPIRE controller manager. */
    static final String SPIRE = "spire.spiffe.io";

    private static final List<String> MODELLED_KUMA = List.of(
            "Mesh", "MeshIdentity", "MeshTrust", "MeshTrafficPermission", "MeshTLS", "MeshService", "Dataplane");
    private static final List<String> OTHER_KUMA = List.of(
            "AccessAudit",
            "AccessRole",
            "AccessRoleBinding",
            "CircuitBreaker",
            "DataplaneInsight",
            "FaultInjection",
            "GlobalSecret",
            "HealthCheck",
            "HostnameGenerator",
            "MeshAccessLog",
            "MeshCircuitBreaker",
            "MeshFaultInjection",
            "MeshGatewayRoute",
            "MeshGlobalRateLimit",
            "MeshHTTPRoute",
            "MeshHealthCheck",
            "MeshInsight",
            "MeshLoadBalancingStrategy",
            "MeshMetric",
            "MeshMultiZoneService",
            "MeshPassthrough",
            "MeshRateLimit",
            "MeshRetry",
            "MeshTCPRoute",
            "MeshTimeout",
            "MeshTrace",
            "RateLimit",
            "Retry",
            "Secret",
            "ServiceInsight",
            "Timeout",
            "TrafficLog",
            "TrafficRoute",
            "TrafficTrace",
            "VirtualOutbound",
            "Workload",
            "Zone",
            "ZoneEgressInsight",
            "ZoneIngress",
            "ZoneIngressInsight",
            "ZoneInsight");
    private static final List<String> CORE = List.of("Namespace", "Pod", "Service", "Secret");
    private static final List<String> APPS = List.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");
    private static final List<String> BATCH = List.of("Job", "CronJob");

    private static final List<String> SPIRE_KINDS = List.of("ClusterSPIFFEID");

    private Kinds() {}

    /** What is done with a document of a kind. */
    enum Treatment {
        MODELLED,
        /** A kind that matters, see {@link UnmodelledKinds}, or one of Kuma's that this version has never heard of. */
        UNMODELLED,
        IGNORED
    }

    static Treatment treatment(String group, String kind) {
        if (modelled(group).contains(kind)) {
            return Treatment.MODELLED;
        }
        return group.equals(KUMA) && !OTHER_KUMA.contains(kind) ? Treatment.UNMODELLED : Treatment.IGNORED;
    }

    /** Whether this is a kind of Kuma's, in either of its forms. */
    static boolean isKuma(String kind) {
        return MODELLED_KUMA.contains(kind)
                || OTHER_KUMA.contains(kind)
                || UnmodelledKinds.reason(kind).isPresent();
    }

    /** Whether Writ models this kind of Kuma's. */
    static boolean isModelledByKuma(String kind) {
        return MODELLED_KUMA.contains(kind);
    }

    /** Whether Writ models a kind of this name in some group. */
    static boolean isModelled(String kind) {
        return MODELLED_KUMA.contains(kind)
                || SPIRE_KINDS.contains(kind)
                || CORE.contains(kind)
                || APPS.contains(kind)
                || BATCH.contains(kind);
    }

    /** The apiVersion a modelled kind has. */
    static String apiVersion(String kind) {
        if (MODELLED_KUMA.contains(kind)) {
            return "kuma.io/v1alpha1";
        }
        if (SPIRE_KINDS.contains(kind)) {
            return "spire.spiffe.io/v1alpha1";
        }
        return CORE.contains(kind) ? "v1" : APPS.contains(kind) ? "apps/v1" : "batch/v1";
    }

    /** The modelled kind that was probably meant. */
    static Optional<String> near(String group, String kind) {
        return OTHER_KUMA.contains(kind) || UnmodelledKinds.reason(kind).isPresent()
                ? Optional.empty()
                : NearName.of(kind, modelled(group));
    }

    /** The kinds of a group that Writ models. */
    static List<String> modelled(String group) {
        return switch (group) {
            case KUMA -> MODELLED_KUMA;
            case SPIRE -> SPIRE_KINDS;
            case "" -> CORE;
            // The group that Deployments and their kin were in before Kubernetes 1.16.
            case "apps", "extensions" -> APPS;
            case "batch" -> BATCH;
            default -> List.of();
        };
    }
}
