package dev.writ.compiler.model;

import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.MeshServicePort;
import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import dev.writ.compiler.syntax.Resource.ServicePort;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The MeshServices of the sources, and those that Kuma's control plane makes of Kubernetes Services ({@code k8s/controllers/meshservice_controller.go}),
 * where the mesh uses MeshServices: one of the same name in the same namespace, whose workloads are those of the Service.
 */
final class MeshServiceSources {
    private final Injection injection;
    private final ModelOptions options;

    MeshServiceSources(Injection injection, ModelOptions options) {
        this.injection = injection;
        this.options = options;
    }

    /** The MeshServices of each mesh. Those of a zone's own Services are made only where none of their name is there. */
    SortedMap<String, List<Placed<MeshServiceResource>>> read(Sources sources) {
        SortedMap<String, List<Placed<MeshServiceResource>>> byMesh = new TreeMap<>();
        Set<List<String>> there = new HashSet<>();
        for (Placed<MeshServiceResource> declared : sources.meshServices) {
            there.add(List.of(declared.mesh(), declared.namespace(), declared.displayName()));
            byMesh.computeIfAbsent(declared.mesh(), none -> new ArrayList<>()).add(declared);
        }
        for (Placed<ServiceResource> service : sources.services) {
            String mesh = injection.meshOf(service.metadata(), service.namespace());
            if (areMade(sources.meshes.get(mesh))
                    && !there.contains(List.of(mesh, service.namespace(), service.name()))) {
                of(service, mesh)
                        .ifPresent(made -> byMesh.computeIfAbsent(mesh, none -> new ArrayList<>())
                                .add(made));
            }
        }
        return byMesh;
    }

    // Of a Mesh that is not among the sources the best is thought: MeshIdentities need MeshServices.
    private static boolean areMade(@Nullable MeshResource mesh) {
        return mesh == null
                || mesh.meshServicesMode() != null
                        && !mesh.meshServicesMode().value().equals("Disabled");
    }

    /** Of a Service; empty where Kuma makes none: it has no selector of its own, or stands for a name outside. */
    private Optional<Placed<MeshServiceResource>> of(Placed<ServiceResource> placed, String mesh) {
        ServiceResource service = placed.resource();
        if (service.type().equals("ExternalName")
                || service.selector() == null
                || service.selector().isEmpty()
                || isIgnored(service.metadata())) {
            return Optional.empty();
        }
        Map<String, String> selector = new TreeMap<>(service.selector());
        selector.put(KumaLabels.NAMESPACE, placed.namespace());
        return Optional.of(new Placed<>(
                new MeshServiceResource(
                        metadata(placed, mesh),
                        service.span(),
                        null,
                        selector,
                        null,
                        service.ports().stream()
                                .filter(port -> port.protocol().equals("TCP"))
                                .map(MeshServiceSources::port)
                                .toList(),
                        List.of(),
                        null),
                placed.namespace(),
                placed.controlPlane()));
    }

    private static boolean isIgnored(Metadata service) {
        String ignore = service.annotation(KumaLabels.IGNORE);
        return "enabled".equals(ignore) || "true".equals(ignore);
    }

    private static MeshServicePort port(ServicePort port) {
        String name = port.name() == null || port.name().isEmpty() ? Integer.toString(port.port()) : port.name();
        return new MeshServicePort(
                name,
                port.port(),
                port.targetPort(),
                port.appProtocol() == null ? "tcp" : port.appProtocol().value(),
                port.span());
    }

    private Metadata metadata(Placed<ServiceResource> placed, String mesh) {
        Metadata service = placed.metadata();
        SourceSpan place = service.name().span();
        Map<String, SourceText> labels = new TreeMap<>(service.labels());
        labels.put(KumaLabels.MESH, placed(mesh, place));
        labels.put(KumaLabels.DISPLAY_NAME, placed(placed.name(), place));
        labels.put(KumaLabels.NAMESPACE, placed(placed.namespace(), place));
        labels.put(KumaLabels.ORIGIN, placed("zone", place));
        labels.put(KumaLabels.ZONE, placed(options.zone(), place));
        labels.put(KumaLabels.ENVIRONMENT, placed("kubernetes", place));
        labels.put("k8s.kuma.io/service-name", placed(placed.name(), place));
        labels.put("kuma.io/managed-by", placed("k8s-controller", place));
        return new Metadata(
                service.name(),
                new Located<>(placed.namespace(), place),
                labels,
                service.annotations(),
                service.owners(),
                service.uid());
    }

    private static SourceText placed(String value, SourceSpan place) {
        int[] offsets = new int[value.length() + 1];
        Arrays.fill(offsets, place.start());
        return new SourceText(value, place, offsets);
    }
}
