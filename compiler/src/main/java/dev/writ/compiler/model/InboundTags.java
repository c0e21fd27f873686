package dev.writ.compiler.model;

import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.ServicePort;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tags that Kuma up to 2.14 gives the inbounds of a pod ({@code inbound_converter.go}): legacy permissions and the SVIDs of
 * builtin mTLS are made of them. Kuma 3 has none. Without a control plane's version to go by, target {@code envoy}, they are
 * there, so that a selector by tags has something to select.
 */
final class InboundTags {
    private final String namespace;
    private final String workload;
    private final ModelOptions options;

    /** @param workload what a pod without Services is called: its controller at the top */
    InboundTags(String namespace, String workload, ModelOptions options) {
        this.namespace = namespace;
        this.workload = workload;
        this.options = options;
    }

    /** @param protocol as Kuma spells it */
    SortedMap<String, String> ofService(
            PodOwnerResource pod, ServiceResource service, ServicePort port, String protocol) {
        String name = service.metadata().name().value();
        SortedMap<String, String> tags = common(pod.podMetadata(), false, protocol);
        tags.put(KumaLabels.SERVICE_NAME, name);
        tags.put(KumaLabels.SERVICE_PORT, Integer.toString(port.port()));
        tags.put(KumaLabels.SERVICE, name + "_" + namespace + "_svc_" + port.port());
        return areUsed(options.target()) ? tags : new TreeMap<>();
    }

    SortedMap<String, String> withoutService(PodOwnerResource pod) {
        SortedMap<String, String> tags = common(pod.podMetadata(), true, "tcp");
        tags.put(KumaLabels.SERVICE, workload + "_" + namespace + "_svc");
        return areUsed(options.target()) ? tags : new TreeMap<>();
    }

    /** Those of a workload of the Writ language, which has what a pod has behind a Service of its own name. */
    static SortedMap<String, String> ofWrit(Placed<DataplaneResource> workload, int port) {
        SortedMap<String, String> tags = new TreeMap<>();
        workload.metadata().labels().forEach((key, text) -> {
            if (!key.contains("kuma.io/")) {
                tags.put(key, text.value());
            }
        });
        String namespace = workload.namespace();
        if (namespace.isEmpty()) {
            tags.put(KumaLabels.SERVICE, workload.name());
        } else {
            tags.put(KumaLabels.NAMESPACE, namespace);
            tags.put(KumaLabels.SERVICE, workload.name() + "_" + namespace + "_svc_" + port);
        }
        return tags;
    }

    static boolean areUsed(Target target) {
        return switch (target) {
            case ENVOY, KUMA_2_12, KUMA_2_13, KUMA_2_14 -> true;
            case KUMA_3, RESOURCES -> false;
        };
    }

    // Only a pod without Services passes on the labels that are Kuma's own.
    private SortedMap<String, String> common(Metadata pod, boolean withKumas, String protocol) {
        SortedMap<String, String> tags = new TreeMap<>();
        pod.labels().forEach((key, text) -> {
            if (!text.value().isEmpty() && (withKumas || !key.contains("kuma.io/"))) {
                tags.put(key, text.value());
            }
        });
        tags.put(KumaLabels.NAMESPACE, namespace);
        tags.put(KumaLabels.ZONE, options.zone());
        tags.put(KumaLabels.PROTOCOL, protocol);
        return tags;
    }
}
