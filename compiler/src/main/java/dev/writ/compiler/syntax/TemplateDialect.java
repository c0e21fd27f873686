package dev.writ.compiler.syntax;

import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whose templates: they differ in their functions and variables. */
enum TemplateDialect {
    /** Those of a MeshIdentity ({@code meshidentity/api/v1alpha1/helpers.go}). */
    KUMA(
            List.of(Function.LABEL, Function.PRINT, Function.PRINTF, Function.PRINTLN),
            List.of("Mesh", "Zone", "TrustDomain", "Namespace", "ServiceAccount", "Workload"),
            "a template has variables, texts, `label`, `print`, `printf` and `println`"),
    /** Those of a ClusterSPIFFEID ({@code spire-controller-manager/pkg/spireentry/render.go}). */
    SPIRE(
            List.of(Function.INDEX, Function.PRINT, Function.PRINTF, Function.PRINTLN),
            List.of(
                    "TrustDomain",
                    "ClusterName",
                    "ClusterDomain",
                    "PodMeta.Namespace",
                    "PodMeta.Name",
                    "PodMeta.UID",
                    "PodSpec.ServiceAccountName",
                    "PodSpec.NodeName",
                    "NodeMeta.Name"),
            "a template has variables, texts, `index`, `print`, `printf` and `println`");

    private final List<Function> functions;
    private final List<String> variables;
    private final String supported;

    TemplateDialect(List<Function> functions, List<String> variables, String supported) {
        this.functions = functions;
        this.variables = variables;
        this.supported = supported;
    }

    Optional<Function> function(String name) {
        return functions.stream()
                .filter(function -> name(function).equals(name))
                .findFirst();
    }

    List<String> functionNames() {
        return functions.stream().map(TemplateDialect::name).toList();
    }

    /** Without their dot: what a name without one may have meant. */
    List<String> variables() {
        return variables;
    }

    /** What there is, for messages. */
    String supported() {
        return supported;
    }

    /** Whether a variable has fields of its own. */
    boolean hasPaths() {
        return this == SPIRE;
    }

    private static String name(Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }
}
