package dev.writ.runtime.cli;

import dev.writ.compiler.ir.Origin;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people call the rules of a mesh: a permission's own name ({@code mtp}) while no other permission of the mesh has it,
 * else {@code namespace/name}. The config of the target {@code envoy} calls it that, Kuma's calls it by its KRI, and every {@code
 * from} {@code MeshTrafficPermission}, so that only the rule's place tells whose it is.
 */
record PermissionNames(List<Permission> permissions) {
    private static final String OURS = "writ.";

    static PermissionNames of(Mesh mesh) {
        return new PermissionNames(mesh.permissions());
    }

    /** @param action a name of the emitted config */
    String shortName(String action) {
        return shortName(action, null);
    }

    /** @param rule the rule's place; null where it is not known */
    String shortName(String action, @Nullable SourceSpan rule) {
        Permission named = permission(action, rule);
        if (named == null
                || named.name().equals(RuleList.DEFAULT_NAME)
                || named.name().startsWith(OURS)) {
            return action;
        }
        long namesakes = permissions.stream()
                .filter(permission -> permission.name().equals(named.name()))
                .map(Permission::qualifiedName)
                .distinct()
                .count();
        return namesakes == 1 ? named.name() : named.qualifiedName();
    }

    /** Where the permission of this name stands; null if it is none's. */
    @Nullable
    SourceSpan place(String action) {
        Permission named = permission(action, null);
        return named == null ? null : named.span();
    }

    private @Nullable Permission permission(String ofRule, @Nullable SourceSpan rule) {
        String action = Origin.withoutReason(ofRule);
        return permissions.stream()
                .filter(permission -> permission.kri().equals(action)
                        || permission.qualifiedName().equals(action)
                        || permission.from().stream()
                                .anyMatch(from -> from.span().equals(rule)))
                .findFirst()
                .orElse(null);
    }
}
