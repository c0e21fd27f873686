package dev.writ.compiler.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What manifests leave to the cluster they are applied to.
 *
 * @param zone the zone whose control plane is predicted
 * @param systemNamespaces the namespaces of control planes: policies in them apply mesh-wide
 * @param defaultNamespace the namespace of manifests that name none; null: that is an error
 * @param assumeInjected whether pods count as part of the mesh though no sidecar-injection label is seen
 * @param workloadLabels the labels of a pod of which the first that it has names its workload ({@code kuma.io/workload}): a
 *     setting of the control plane, empty by default; without any the service account does
 */
public record ModelOptions(
        String zone,
        List<String> systemNamespaces,
        @Nullable String defaultNamespace,
        boolean assumeInjected,
        List<String> workloadLabels) {
    public ModelOptions {
        systemNamespaces = List.copyOf(systemNamespaces);
        workloadLabels = List.copyOf(workloadLabels);
    }

    boolean isSystem(String namespace) {
        return systemNamespaces.contains(namespace);
    }
}
