package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A legacy {@code from} that decides nothing on an inbound: because a permission with {@code rules} applies there too, or,
 * since Kuma 2.14, because the workload has a MeshIdentity ({@code meshtrafficpermission/plugin.go}, kumahq/kuma#16910).
 */
final class IgnoredFrom implements Check {
    private final List<Applied> applied;
    private final boolean identityWins;

    IgnoredFrom(List<Applied> applied, Target target) {
        this.applied = applied;
        this.identityWins = target != Target.KUMA_2_12 && target != Target.KUMA_2_13;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        IdentityHashMap<Permission, List<Workload>> withIdentity = new IdentityHashMap<>();
        IdentityHashMap<Permission, List<Workload>> withRules = new IdentityHashMap<>();
        IdentityHashMap<Permission, Permission> rulesOf = new IdentityHashMap<>();
        for (Applied one : applied) {
            Permission ruling = one.permissions().stream()
                    .filter(permission -> !permission.rules().isEmpty())
                    .findFirst()
                    .orElse(null);
            for (Permission permission : one.permissions()) {
                if (!permission.from().isEmpty()) {
                    for (Applied.Place place : one.places()) {
                        if (ruling != null) {
                            rulesOf.putIfAbsent(permission, ruling);
                            add(withRules, permission, place.workload());
                        } else if (identityWins && place.workload().identity() instanceof Issued) {
                            add(withIdentity, permission, place.workload());
                        }
                    }
                }
            }
        }
        for (Permission permission : mesh.permissions()) {
            Permission ruling = rulesOf.get(permission);
            if (ruling != null) {
                sink.add(finding(
                                permission,
                                withRules.getOrDefault(permission, List.of()),
                                "where the permission `" + ruling.qualifiedName() + "` has `rules`",
                                "say what it means as `rules` with SPIFFE IDs")
                        .withRelated(ruling.span(), "its `rules` decide alone"));
            }
            List<Workload> own = withIdentity.getOrDefault(permission, List.of());
            if (!own.isEmpty()) {
                sink.add(finding(
                        permission,
                        own,
                        own.size() == 1 ? "which has a MeshIdentity" : "which have a MeshIdentity",
                        "say it as `rules` with SPIFFE IDs: without any, nobody is let in there"));
            }
        }
    }

    private static void add(IdentityHashMap<Permission, List<Workload>> all, Permission permission, Workload workload) {
        List<Workload> workloads = all.computeIfAbsent(permission, none -> new ArrayList<>());
        if (workloads.isEmpty() || !workloads.getLast().equals(workload)) {
            workloads.add(workload);
        }
    }

    private static Diagnostic finding(Permission permission, List<Workload> workloads, String why, String help) {
        return Diagnostic.of(
                DiagnosticId.PERMISSION_FROM_IGNORED,
                permission.from().getFirst().span(),
                "`from` decides nothing on " + WorkloadNames.of(workloads) + ", " + why,
                help);
    }
}
