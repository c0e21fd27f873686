package dev.writ.compiler.model;

import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource.MeshServicePort;
import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import dev.writ.compiler.syntax.Resource.ServicePort;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The MeshServices that Kuma's control plane makes of Kubernetes Services ({@code k8s/controllers/meshservice_controller.go}),
 * where the mesh uses MeshServices: one of the same name in the same namespace, whose workloads are those of the Service.
 */
final class GeneratedServices {
    private final Injection injection;
    private final ModelOptions options;

    GeneratedServices(Injection injection, ModelOptions options) {
        this.injection = injection;
        this.options = options;
    }

    /** Of a Service; empty where Kuma makes none: it has no selector of its own, or stands for a name outside. */
    Optional<Placed<MeshServiceResource>> of(Placed<ServiceResource> placed) {
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
                        metadata(placed),
                        service.span(),
                        null,
                        selector,
                        null,
                        service.ports().stream()
                                .filter(port -> port.protocol().equals("TCP"))
                                .map(GeneratedServices::port)
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

    private Metadata metadata(Placed<ServiceResource> placed) {
        Metadata service = placed.metadata();
        SourceSpan place = service.name().span();
        Map<String, SourceText> labels = new TreeMap<>(service.labels());
        labels.put(KumaLabels.MESH, placed(injection.meshOf(service, placed.namespace()), place));
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
