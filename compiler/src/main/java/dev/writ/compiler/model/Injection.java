package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource.NamespaceResource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which pods get a sidecar, and in which mesh: a label of the pod (or an annotation, as old manifests have it) wins over
 * one of its namespace (Kuma's injector, {@code webhooks/injector}).
 */
final class Injection {
    private final Sources sources;
    private final ModelOptions options;
    private final DiagnosticSink diagnostics;
    private final Map<String, Integer> leftOut = new TreeMap<>();

    Injection(Sources sources, ModelOptions options, DiagnosticSink diagnostics) {
        this.sources = sources;
        this.options = options;
        this.diagnostics = diagnostics;
    }

    /** Whether a pod with this metadata becomes part of a mesh. */
    boolean isInjected(Metadata pod, String namespace) {
        if ("true".equals(pod.annotation(KumaLabels.SIDECAR_INJECTED))) {
            return true;
        }
        NamespaceResource around = sources.namespaces.get(namespace);
        return switched(pod)
                .or(() -> around == null ? Optional.empty() : switched(around.metadata()))
                .orElseGet(() -> options.assumeInjected() && !options.isSystem(namespace));
    }

    /** Notes a workload that is left out; it counts where its namespace is not in the sources and might have said otherwise. */
    void leaveOut(WorkloadGroup group) {
        boolean isUnsaid = Stream.concat(group.controllers().stream(), group.pods().stream())
                .map(placed -> placed.resource().podMetadata())
                .noneMatch(pod -> switchOf(pod) != null);
        if (isUnsaid && !sources.namespaces.containsKey(group.namespace()) && !options.isSystem(group.namespace())) {
            leftOut.merge(group.namespace(), 1, Integer::sum);
        }
    }

    /** One note for each namespace that the sources lack. */
    void report() {
        leftOut.forEach((namespace, count) -> diagnostics.add(
                DiagnosticId.WORKLOAD_NOT_INJECTED,
                null,
                (count == 1 ? "1 workload" : count + " workloads") + " of the namespace `" + namespace
                        + "` left out: no source says that sidecars are injected there",
                "add the Namespace to the sources, or give `--assume-injected`"));
    }

    /** The mesh a pod with this metadata belongs to. */
    String meshOf(Metadata pod, String namespace) {
        NamespaceResource around = sources.namespaces.get(namespace);
        String mesh = first(pod, KumaLabels.MESH);
        if (mesh == null && around != null) {
            mesh = first(around.metadata(), KumaLabels.MESH);
        }
        return mesh == null ? KumaLabels.DEFAULT_MESH : mesh;
    }

    private static @Nullable String first(Metadata metadata, String key) {
        String label = metadata.label(key);
        if (label != null && !label.isEmpty()) {
            return label;
        }
        String annotation = metadata.annotation(key);
        return annotation == null || annotation.isEmpty() ? null : annotation;
    }

    private static @Nullable SourceText switchOf(Metadata metadata) {
        SourceText label = metadata.labels().get(KumaLabels.SIDECAR_INJECTION);
        return label == null ? metadata.annotations().get(KumaLabels.SIDECAR_INJECTION) : label;
    }

    private Optional<Boolean> switched(Metadata metadata) {
        SourceText text = switchOf(metadata);
        if (text == null) {
            return Optional.empty();
        }
        return switch (text.value()) {
            case "enabled", "true" -> Optional.of(true);
            case "disabled", "false" -> Optional.of(false);
            default -> {
                diagnostics.add(
                        DiagnosticId.SCHEMA_INVALID_VALUE,
                        text.span(),
                        "`" + KumaLabels.SIDECAR_INJECTION + "` is `enabled` or `disabled`");
                yield Optional.of(false);
            }
        };
    }
}
