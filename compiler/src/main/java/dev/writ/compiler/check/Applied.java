package dev.writ.compiler.check;

import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.PermissionSelection;
import dev.writ.compiler.model.Workload;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Permissions, in their merge order, with all the inbounds to which they apply together: what is true of one of these inbounds
 * is true of all, so that a check looks at each such list once.
 */
record Applied(List<Permission> permissions, List<Place> places) {

    /** An inbound of a workload. */
    record Place(Workload workload, Inbound inbound) {
        /** How findings call it: the port only where there is another. */
        String name() {
            String key = "`" + workload.key() + "`";
            return workload.inbounds().size() == 1 ? key : key + " on port " + inbound.port();
        }
    }

    static List<Applied> of(Mesh mesh) {
        PermissionSelection selection = new PermissionSelection(mesh);
        IdentityHashMap<List<Permission>, Applied> bySelection = new IdentityHashMap<>();
        List<Applied> all = new ArrayList<>();
        for (Workload workload : mesh.workloads()) {
            for (Inbound inbound : workload.inbounds()) {
                List<Permission> permissions = selection.select(workload, inbound);
                Applied applied = bySelection.get(permissions);
                if (applied == null) {
                    applied = new Applied(permissions, new ArrayList<>());
                    bySelection.put(permissions, applied);
                    all.add(applied);
                }
                applied.places().add(new Place(workload, inbound));
            }
        }
        return all;
    }

    /** The matches of a permission by the {@code rules[]} entry they stand in. */
    static List<List<Rule>> entries(Permission permission) {
        List<List<Rule>> entries = new ArrayList<>();
        int last = -1;
        for (Rule rule : permission.rules()) {
            if (rule.entry() != last) {
                entries.add(new ArrayList<>());
                last = rule.entry();
            }
            entries.getLast().add(rule);
        }
        return entries;
    }
}
