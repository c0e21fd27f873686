package dev.writ.compiler.model;

import dev.writ.compiler.model.Inbound.State;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource.DataplaneInbound;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dataplane of a pod or a pod template as Kuma does ({@code k8s/controllers/pod_converter.go} and
 * {@code resources/labels/compute.go}), and reads the one that the sources show.
 */
final class DataplaneConverter {
    private final ModelOptions options;
    private final Sources sources;
    private final Map<String, List<ServiceResource>> services = new HashMap<>();
    private final Map<String, LabelIndex> selectors = new HashMap<>();

    DataplaneConverter(Sources sources, ModelOptions options) {
        this.options = options;
        this.sources = sources;
        for (Placed<ServiceResource> placed : sources.services) {
            // A Service without a selector has its endpoints from elsewhere.
            Map<String, String> selector = placed.resource().selector();
            if (selector != null && !selector.isEmpty() && !isIgnored(placed.metadata())) {
                services.computeIfAbsent(placed.namespace(), none -> new ArrayList<>())
                        .add(placed.resource());
            }
        }
        services.forEach((namespace, inside) -> {
            inside.sort((one, other) -> one.metadata()
                    .name()
                    .value()
                    .compareTo(other.metadata().name().value()));
            selectors.put(
                    namespace,
                    new LabelIndex(
                            inside.stream().map(DataplaneConverter::selector).toList()));
        });
    }

    private static Map<String, String> selector(ServiceResource service) {
        return service.selector() == null ? Map.of() : service.selector();
    }

    private static boolean isIgnored(Metadata service) {
        String ignore = service.annotation(KumaLabels.IGNORE);
        return "enabled".equals(ignore) || "true".equals(ignore);
    }

    /**
     * Of a pod, or of the pods that a controller makes.
     *
     * @param workload the name of the controller at the top
     */
    DataplaneView ofPod(PodOwnerResource pod, String namespace, String workload, String mesh) {
        SortedMap<String, String> own = labels(pod.podMetadata());
        List<ServiceResource> selecting = List.of();
        LabelIndex index = selectors.get(namespace);
        if (index != null) {
            selecting = LabelIndex.pick(services.getOrDefault(namespace, List.of()), index.matching(own));
        }
        return new DataplaneView(
                mesh,
                computed(pod, namespace, mesh),
                null,
                new InboundConverter(new InboundTags(namespace, workload, options), duplicates(mesh))
                        .convert(pod, selecting),
                pod.podMetadata());
    }

    // Where MeshServices are all there is, nothing needs the tags of each Service (pod_converter.go).
    private InboundConverter.Duplicates duplicates(String mesh) {
        if (!options.target().isKuma2()) {
            return InboundConverter.Duplicates.MOST_SERVING;
        }
        MeshResource resource = sources.meshes.get(mesh);
        Located<String> mode = resource == null ? null : resource.meshServicesMode();
        return mode != null && mode.value().equals("Exclusive")
                ? InboundConverter.Duplicates.FIRST
                : InboundConverter.Duplicates.ALL;
    }

    /** The labels of the dataplane that Kuma makes of a pod. */
    SortedMap<String, String> computed(PodOwnerResource pod, String namespace, String mesh) {
        SortedMap<String, String> labels = labels(pod.podMetadata());
        labels.remove(KumaLabels.PROXY_TYPE);
        labels.putIfAbsent(KumaLabels.MESH, mesh);
        labels.put(KumaLabels.ORIGIN, "zone");
        labels.put(KumaLabels.ZONE, options.zone());
        labels.put(KumaLabels.ENVIRONMENT, "kubernetes");
        labels.put(KumaLabels.NAMESPACE, namespace);
        // Kubernetes fills in the account that a manifest leaves out.
        Located<String> stated = pod.pod().serviceAccountName();
        String account = stated == null || stated.value().isEmpty() ? "default" : stated.value();
        labels.put(KumaLabels.SERVICE_ACCOUNT, account);
        String named = options.workloadLabels().stream()
                .map(key -> labels.getOrDefault(key, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(account);
        labels.put(KumaLabels.WORKLOAD, named);
        labels.remove(KumaLabels.DISPLAY_NAME);
        if (pod.kind().equals("Pod")) {
            labels.put(KumaLabels.DISPLAY_NAME, pod.metadata().name().value());
        }
        return labels;
    }

    /**
     * As the sources show it.
     *
     * @param pod its pod, or what its pod is made from; null where the sources have neither
     */
    DataplaneView ofDataplane(Placed<DataplaneResource> placed, @Nullable PodOwnerResource pod) {
        DataplaneResource dataplane = placed.resource();
        SortedMap<String, String> labels = labels(placed.metadata());
        String mesh = placed.mesh();
        if (pod != null) {
            // Older control planes do not write these labels.
            SortedMap<String, String> computed = computed(pod, placed.namespace(), mesh);
            labels.putIfAbsent(
                    KumaLabels.SERVICE_ACCOUNT, computed.getOrDefault(KumaLabels.SERVICE_ACCOUNT, "default"));
        }
        labels.putIfAbsent(KumaLabels.DISPLAY_NAME, placed.name());
        labels.putIfAbsent(KumaLabels.MESH, mesh);
        labels.putIfAbsent(KumaLabels.ORIGIN, "zone");
        labels.putIfAbsent(KumaLabels.ZONE, options.zone());
        labels.putIfAbsent(KumaLabels.ENVIRONMENT, placed.isUniversal() ? "universal" : "kubernetes");
        if (!placed.namespace().isEmpty()) {
            labels.putIfAbsent(KumaLabels.NAMESPACE, placed.namespace());
        }
        // A token made with --workload puts the label onto the dataplane that connects with it; 2.12 knows neither.
        String token = options.tokenWorkload();
        if (token != null && placed.isUniversal() && options.target() != Target.KUMA_2_12) {
            labels.putIfAbsent(KumaLabels.WORKLOAD, token);
        }
        return new DataplaneView(
                mesh,
                labels,
                dataplane.address(),
                dataplane.inbounds().stream()
                        .map(inbound -> inbound(inbound, placed))
                        .toList(),
                pod == null ? placed.metadata() : pod.podMetadata());
    }

    // Version 3 takes the tag for one like any other.
    private String protocol(DataplaneInbound inbound) {
        String tag = inbound.tags().get(KumaLabels.PROTOCOL);
        if (inbound.protocol() != null && !inbound.protocol().isEmpty()) {
            return inbound.protocol();
        }
        return tag == null || options.target() == Target.KUMA_3 ? "tcp" : tag;
    }

    private Inbound inbound(DataplaneInbound inbound, Placed<DataplaneResource> placed) {
        String name = inbound.name();
        String proxy = placed.resource().address();
        SortedMap<String, String> tags = new TreeMap<>(inbound.tags());
        if (InboundTags.areUsed(options.target())) {
            if (placed.metadata().form() == Metadata.Form.WRIT) {
                tags.putAll(InboundTags.ofWrit(placed, inbound.port()));
            }
            // The zone's control plane says where the dataplane is (mesh/dataplane_manager.go).
            tags.put(KumaLabels.ZONE, options.zone());
        }
        return new Inbound(
                name == null || name.isEmpty() ? null : name,
                inbound.port(),
                Protocol.of(protocol(inbound)),
                inbound.ready() ? State.READY : State.NOT_READY,
                inbound.address() == null ? proxy : inbound.address(),
                inbound.serviceAddress(),
                inbound.servicePort() == null ? inbound.port() : inbound.servicePort(),
                tags,
                inbound.span());
    }

    private static SortedMap<String, String> labels(Metadata metadata) {
        SortedMap<String, String> labels = new TreeMap<>();
        metadata.labels().forEach((key, text) -> labels.put(key, text.value()));
        return labels;
    }
}
