package dev.writ.compiler.model;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which permissions of a mesh apply to an inbound.
 *
 * <p>Inbounds to which the same permissions apply get the same list, not only an equal one.
 */
public final class PermissionSelection {
    private final List<Permission> permissions;
    private final PolicyIndex index;
    private final Map<BitSet, List<Permission>> selections = new HashMap<>();

    public PermissionSelection(Mesh mesh) {
        permissions = mesh.permissions();
        index = new PolicyIndex(permissions.stream().map(PolicyReach::of).toList());
    }

    /** The permissions that apply to this inbound, in merge order. */
    public List<Permission> select(Workload workload, Inbound inbound) {
        BitSet selected = index.select(workload.labels(), workload.key().shortName(), workload.inbounds(), inbound);
        return selections.computeIfAbsent(selected, positions -> List.copyOf(LabelIndex.pick(permissions, positions)));
    }

    /** The labels that a dataplane must have for a permission to apply to it; null if none can have them. */
    static @Nullable Map<String, String> required(Permission permission) {
        return PolicyReach.of(permission).required();
    }
}
