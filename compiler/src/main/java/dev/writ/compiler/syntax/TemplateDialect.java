package dev.writ.compiler.syntax;

import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whose templates: they differ in their functions and variables. */
enum TemplateDialect {
    /** Those of a MeshIdentity ({@code meshidentity/api/v1alpha1/helpers.go}). */
    KUMA,
    /** Those of a ClusterSPIFFEID ({@code spire-controller-manager/pkg/spireentry/render.go}). */
    SPIRE;

    Optional<Function> function(String name) {
        return functions().stream()
                .filter(function -> name(function).equals(name))
                .findFirst();
    }

    List<String> functionNames() {
        return functions().stream().map(TemplateDialect::name).toList();
    }

    /** Without their dot: what a name without one may have meant. */
    List<String> variables() {
        return switch (this) {
            case KUMA -> List.of("Mesh", "Zone", "TrustDomain", "Namespace", "ServiceAccount", "Workload");
            case SPIRE ->
                List.of(
                        "TrustDomain",
                        "ClusterName",
                        "ClusterDomain",
                        "PodMeta.Namespace",
                        "PodMeta.Name",
                        "PodMeta.UID",
                        "PodSpec.ServiceAccountName",
                        "PodSpec.NodeName",
                        "NodeMeta.Name");
        };
    }

    /** What there is, for messages. */
    String supported() {
        return switch (this) {
            case KUMA -> "a template has variables, texts, `label`, `print`, `printf` and `println`";
            case SPIRE -> "a template has variables, texts, `index`, `print`, `printf` and `println`";
        };
    }

    /** Whether a variable has fields of its own. */
    boolean hasPaths() {
        return this == SPIRE;
    }

    private List<Function> functions() {
        Function ofLabels = switch (this) {
            case KUMA -> Function.LABEL;
            case SPIRE -> Function.INDEX;
        };
        return List.of(ofLabels, Function.PRINT, Function.PRINTF, Function.PRINTLN);
    }

    private static String name(Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }
}
