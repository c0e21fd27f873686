package dev.writ.compiler.model;

import dev.writ.compiler.model.MergeOrder.Ranked;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.TargetRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the namespace of a policy makes of it (Kuma's {@code ComputePolicyRole}): outside a system namespace it is its workloads'
 * owner's, and applies to its own namespace alone, whatever it targets. A policy that the global control plane sent keeps the
 * role and namespace it got there, as labels; outside Kubernetes no control plane gives one.
 */
final class PolicyRole {
    static final String SYSTEM = "system";
    private static final String OWNER = "workload-owner";
    private static final List<String> LOWEST_FIRST = List.of(SYSTEM, "producer", "consumer", OWNER);

    private PolicyRole() {}

    static int rank(String role) {
        return LOWEST_FIRST.indexOf(role);
    }

    static String of(Placed<? extends Resource> placed, ModelOptions options) {
        String stated = placed.metadata().label(KumaLabels.POLICY_ROLE);
        if (placed.isUniversal()) {
            return stated == null ? SYSTEM : stated;
        }
        if (placed.isGlobal() && stated != null) {
            return stated;
        }
        return options.isSystem(placed.namespace()) ? SYSTEM : OWNER;
    }

    /** The namespace outside of which a policy never applies; null: everywhere; empty: it applies nowhere. */
    static @Nullable String ownNamespaceOnly(Placed<? extends Resource> placed, String role) {
        if (!role.equals("consumer") && !role.equals(OWNER)) {
            return null;
        }
        String there = placed.metadata().label(KumaLabels.NAMESPACE);
        return there == null ? placed.namespace() : there;
    }

    /** A policy with what orders it. */
    static <P> Ranked<P> ranked(Placed<? extends Resource> placed, ModelOptions options, TargetRef target, P policy) {
        Metadata metadata = placed.metadata();
        String origin = metadata.label(KumaLabels.ORIGIN);
        return new Ranked<>(
                policy,
                target,
                origin != null ? origin : placed.isGlobal() ? "global" : "zone",
                of(placed, options),
                placed.displayName(),
                placed.namespace(),
                placed.resource().span());
    }
}
