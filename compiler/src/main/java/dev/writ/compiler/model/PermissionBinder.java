package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.MergeOrder.Ranked;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Binds permissions to their meshes, in Kuma's merge order. */
final class PermissionBinder {
    private final ModelOptions options;
    private final ZoneFilter zones;
    private final DiagnosticSink diagnostics;
    private final SortedMap<String, List<Ranked<Permission>>> byMesh = new TreeMap<>();

    PermissionBinder(ModelOptions options, ZoneFilter zones, DiagnosticSink diagnostics) {
        this.options = options;
        this.zones = zones;
        this.diagnostics = diagnostics;
    }

    /** The permissions of each mesh, lowest first. */
    SortedMap<String, List<Permission>> bind(Sources sources) {
        RuleBinder rules = new RuleBinder(sources.groups, diagnostics);
        sources.permissions.forEach(permission -> bind(permission, rules));
        sources.featurePermissions.forEach(permission -> bindOfFeature(permission, rules));
        SortedMap<String, List<Permission>> sorted = new TreeMap<>();
        byMesh.forEach((mesh, ranked) -> sorted.put(
                mesh,
                ranked.stream()
                        .sorted(MergeOrder.lowestFirst(options.target()))
                        .map(Ranked::policy)
                        .toList()));
        return sorted;
    }

    private void bind(Placed<PermissionResource> placed, RuleBinder rules) {
        Metadata metadata = placed.metadata();
        if ("shadow".equals(metadata.label(KumaLabels.EFFECT))) {
            diagnostics.add(Diagnostic.of(
                    DiagnosticId.SOURCE_IGNORED,
                    metadata.labelSpan(KumaLabels.EFFECT),
                    "the permission `" + placed.name() + "` only tries out what it would do, and decides nothing"));
            return;
        }
        if (!zones.isLocal("MeshTrafficPermission", metadata)) {
            return;
        }
        PermissionResource resource = placed.resource();
        Permission permission = new Permission(
                placed.name(),
                placed.namespace().isEmpty() ? null : placed.namespace(),
                PolicyRole.ownNamespaceOnly(placed, PolicyRole.of(placed, options)),
                placed.zone(),
                resource.targetRef(),
                rules.bind(resource.rules()),
                LegacyRule.of(resource.from()),
                placed.kri("mtp"),
                resource.span());
        file(placed.mesh(), PolicyRole.ranked(placed, options, resource.targetRef(), permission));
    }

    // Kuma has no such thing. It is named and ordered as if its zone's control plane had it, mesh-wide.
    private void bindOfFeature(Placed<PermissionResource> placed, RuleBinder rules) {
        PermissionResource ofFeature = placed.resource();
        String mesh = placed.mesh();
        String name = placed.name();
        Permission permission = new Permission(
                name,
                null,
                null,
                null,
                ofFeature.targetRef(),
                rules.bind(ofFeature.rules()),
                LegacyRule.of(ofFeature.from()),
                String.join("_", "kri", "mtp", mesh, options.zone(), "", name, ""),
                ofFeature.span());
        file(
                mesh,
                new Ranked<>(permission, ofFeature.targetRef(), "zone", PolicyRole.SYSTEM, name, "", ofFeature.span()));
    }

    private void file(String mesh, Ranked<Permission> permission) {
        byMesh.computeIfAbsent(mesh, none -> new ArrayList<>()).add(permission);
    }
}
