package dev.writ.compiler.model;

import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import java.util.List;

/**
 * The objects of one workload, joined by their owners.
 *
 * @param kind of the controller at the top, whether or not the sources have it
 * @param namespace empty where it is in none
 * @param controllers what holds a pod template, best known first: the controller at the top, then the newest of what it owns
 */
record WorkloadGroup(
        String kind,
        String namespace,
        String name,
        List<Placed<PodOwnerResource>> controllers,
        List<Placed<PodOwnerResource>> pods,
        List<Placed<DataplaneResource>> dataplanes) {
    WorkloadGroup {
        controllers = List.copyOf(controllers);
        pods = List.copyOf(pods);
        dataplanes = List.copyOf(dataplanes);
    }

    /** What a finding about the workload underlines. */
    Resource representative() {
        if (!controllers.isEmpty()) {
            return controllers.getFirst().resource();
        }
        return pods.isEmpty()
                ? dataplanes.getFirst().resource()
                : pods.getFirst().resource();
    }
}
