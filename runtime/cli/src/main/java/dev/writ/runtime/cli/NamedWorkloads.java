package dev.writ.runtime.cli;

import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.access.CalledInbound;
import dev.writ.runtime.access.CallingWorkload;
import dev.writ.runtime.access.MeshAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What workloads are called in a list: by their short names while those are unique; all of a namespace in one word. */
final class NamedWorkloads {
    /** Fewer are named one by one. */
    private static final int MANY = 5;

    private final Map<String, Integer> namesakes = new HashMap<>();
    private final Map<String, Integer> inNamespace = new HashMap<>();

    NamedWorkloads(MeshAccess access) {
        for (Workload workload : access.model().workloads()) {
            namesakes.merge(workload.key().shortName(), 1, Integer::sum);
            if (workload.key().namespace() != null) {
                inNamespace.merge(workload.key().namespace(), 1, Integer::sum);
            }
        }
    }

    String of(CalledInbound inbound) {
        return of(inbound.key()) + ":" + inbound.port();
    }

    String of(CallingWorkload caller) {
        return caller.workload() == null ? caller.name() : of(caller.workload().key());
    }

    private String of(WorkloadKey key) {
        return namesakes.getOrDefault(key.shortName(), 0) > 1
                ? key.shortName() + " (zone " + key.zone() + ", mesh " + key.mesh() + ", " + key.kind() + ")"
                : key.shortName();
    }

    List<String> of(Collection<CallingWorkload> callers) {
        Map<String, List<CallingWorkload>> byNamespace = new LinkedHashMap<>();
        callers.forEach(caller -> byNamespace
                .computeIfAbsent(caller.namespace(), namespace -> new ArrayList<>())
                .add(caller));
        List<String> names = new ArrayList<>();
        byNamespace.forEach((namespace, all) -> {
            if (all.size() >= MANY && all.size() == inNamespace.getOrDefault(namespace, 0)) {
                names.add(namespace + "/* (all " + all.size() + ")");
            } else {
                all.forEach(caller -> names.add(of(caller)));
            }
        });
        return names;
    }
}
