package dev.writ.runtime.cli;

import dev.writ.compiler.envoy.kuma.ProxyDump.Dataplane;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the workload whose proxy a config dump is of: the dataplane of this name, or the controller of the pod of this name, which
 * Kubernetes calls {@code kv-5d4f8c7b9d-x2x4z}, {@code kv-0} or {@code kv-x2x4z}.
 */
record ProxyOwner(MeshModel model) {

    /** The only one it can be. */
    Optional<Workload> of(Dataplane dataplane) {
        List<Workload> candidates = model.workloads().stream()
                .filter(workload -> isOf(dataplane, workload))
                .sorted(Comparator.comparing(
                                (Workload workload) -> workload.key().name().length())
                        .reversed())
                .toList();
        // `kv-api` beats `kv`; a Deployment and a StatefulSet of one name are told apart by nothing here.
        if (candidates.size() > 1
                && candidates.get(0).key().name().equals(candidates.get(1).key().name())) {
            return Optional.empty();
        }
        return candidates.stream().findFirst();
    }

    private static boolean isOf(Dataplane dataplane, Workload workload) {
        String name = workload.key().name();
        String namespace = workload.key().namespace();
        boolean sameNamespace =
                dataplane.namespace() == null || dataplane.namespace().equals(namespace);
        return sameNamespace
                && (dataplane.name().equals(name)
                        || namespace != null
                                && dataplane.name().matches(Pattern.quote(name) + "(-[a-z0-9]{1,10}){1,2}"));
    }
}
