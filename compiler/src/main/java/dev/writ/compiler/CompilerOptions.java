package dev.writ.compiler;

import dev.writ.compiler.model.ModelOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sources leave open.
 *
 * @param zone the zone whose control plane is predicted
 * @param systemNamespaces the namespaces of control planes: policies in them apply mesh-wide
 * @param defaultNamespace the namespace of manifests that name none; null: that is an error
 * @param assumeInjected whether pods count as part of the mesh though no sidecar-injection label is seen
 */
public record CompilerOptions(
        String zone,
        List<String> systemNamespaces,
        @Nullable String defaultNamespace,
        boolean assumeInjected) {
    public static final CompilerOptions DEFAULT =
            new CompilerOptions("default", List.of("kuma-system", "kong-mesh-system"), null, false);

    public CompilerOptions {
        systemNamespaces = List.copyOf(systemNamespaces);
    }

    /** What of this the model needs. */
    public ModelOptions model() {
        return new ModelOptions(zone, systemNamespaces, defaultNamespace, assumeInjected, List.of());
    }
}
