package dev.writ.compiler.resource;

import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a specification: in a mesh whose dataplanes are outside Kubernetes the universal form, else the other.
 *
 * @param isUniversal which of the two
 */
record ResourceFrame(String mesh, boolean isUniversal) {
    static final String SYSTEM_NAMESPACE = "kuma-system";

    static ResourceFrame of(Mesh mesh) {
        boolean isUniversal =
                !mesh.workloads().isEmpty() && mesh.workloads().stream().allMatch(Workload::isUniversal);
        return new ResourceFrame(mesh.name(), isUniversal);
    }

    /** @param namespace null: the control plane's, where Kuma's policies for the whole mesh stand */
    Map<String, Object> around(
            String kind,
            String name,
            @Nullable String namespace,
            Map<String, String> labels,
            Map<String, Object> spec) {
        Map<String, Object> resource = new LinkedHashMap<>();
        Map<String, String> all = new LinkedHashMap<>(labels);
        if (isUniversal) {
            resource.put("type", kind);
            resource.put("mesh", mesh);
            resource.put("name", name);
            if (!all.isEmpty()) {
                resource.put("labels", all);
            }
        } else {
            all.put("kuma.io/mesh", mesh);
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("name", name);
            metadata.put("namespace", namespace == null ? SYSTEM_NAMESPACE : namespace);
            metadata.put("labels", all);
            resource.put("apiVersion", "kuma.io/v1alpha1");
            resource.put("kind", kind);
            resource.put("metadata", metadata);
        }
        resource.put("spec", spec);
        return resource;
    }

    /** The resource with an annotation, if there is something to say; the universal form has none. */
    @SuppressWarnings("unchecked")
    Map<String, Object> annotated(Map<String, Object> resource, String key, String text) {
        if (!text.isEmpty() && resource.get("metadata") instanceof Map<?, ?> metadata) {
            ((Map<String, Object>) metadata).put("annotations", Map.of(key, text));
        }
        return resource;
    }
}
