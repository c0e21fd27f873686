package dev.writ.compiler.model;

import dev.writ.compiler.model.Inbound.State;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource.Container;
import dev.writ.compiler.syntax.Resource.ContainerPort;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.PodStatus;
import dev.writ.compiler.syntax.Resource.ServicePort;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a pod and the Services that select it into the inbounds of its Dataplane, as Kuma does
 * ({@code k8s/controllers/inbound_converter.go}): an inbound for each TCP port of a Service that the pod has;
 * what the same port twice is depends on the version; without any, one inbound on a port that is never in use.
 */
final class InboundConverter {
    /** Kuma's {@code TCPPortReserved}: a pod without Services still gets TLS and policy. */
    static final int RESERVED_PORT = 49151;

    private static final String SIDECAR = "kuma-sidecar";

    /** A port that a Service leads to, and the container that declares it. */
    private record Target(
            int port, @Nullable String name, @Nullable Container container) {}

    /** What becomes of two inbounds of one port. */
    enum Duplicates {
        /** Kuma 3: the one that serves most. */
        MOST_SERVING,
        /** Up to 2.14, where MeshServices are exclusive. */
        FIRST,
        /** Up to 2.14: one for each Service, which its tags tell apart. */
        ALL
    }

    private final InboundTags tags;
    private final Duplicates duplicates;

    InboundConverter(InboundTags tags, Duplicates duplicates) {
        this.tags = tags;
        this.duplicates = duplicates;
    }

    /** @param services those that select the pod, by name */
    List<Inbound> convert(PodOwnerResource pod, List<ServiceResource> services) {
        List<ServiceResource> regular = services.stream()
                .filter(service -> service.metadata().label(KumaLabels.ZONE_PROXY_TYPE) == null)
                .toList();
        // A pod behind nothing but zone proxy Services is a zone proxy: it has listeners, and no inbound.
        if (regular.isEmpty() && !services.isEmpty()) {
            return List.of();
        }
        List<Inbound> inbounds = new ArrayList<>();
        for (ServiceResource service : regular) {
            if (!service.type().equals("ExternalName")) {
                inbounds.addAll(ofService(pod, service));
            }
        }
        return inbounds.isEmpty() ? List.of(withoutService(pod)) : distinct(inbounds);
    }

    private List<Inbound> distinct(List<Inbound> inbounds) {
        if (duplicates == Duplicates.ALL) {
            return List.copyOf(inbounds);
        }
        Map<Integer, Inbound> byPort = new LinkedHashMap<>();
        for (Inbound inbound : inbounds) {
            byPort.merge(
                    inbound.port(),
                    inbound,
                    duplicates == Duplicates.FIRST ? (first, other) -> first : InboundConverter::moreServing);
        }
        return List.copyOf(byPort.values());
    }

    private static Inbound moreServing(Inbound one, Inbound other) {
        return one.state().compareTo(other.state()) <= 0 ? one : other;
    }

    private List<Inbound> ofService(PodOwnerResource pod, ServiceResource service) {
        List<Inbound> inbounds = new ArrayList<>();
        for (ServicePort port : service.ports()) {
            Target target = port.protocol().equals("TCP") ? targetOf(pod, port.targetPort()) : null;
            if (target != null) {
                State state = isReady(pod, target.container()) ? State.READY : State.NOT_READY;
                if (service.selector() != null && !isSelected(pod, service.selector())) {
                    state = State.IGNORED;
                }
                String protocol = protocolOf(service, port).toLowerCase(Locale.ROOT);
                inbounds.add(new Inbound(
                        target.name(),
                        target.port(),
                        Protocol.of(protocol),
                        state,
                        null,
                        null,
                        target.port(),
                        tags.ofService(pod, service, port, protocol),
                        port.span()));
            }
        }
        return inbounds;
    }

    private Inbound withoutService(PodOwnerResource pod) {
        SourceSpan span = pod.span();
        // Kuma does not look at the deletion timestamp here.
        boolean isReady = isReady(
                new PodOwnerResource(
                        pod.kind(),
                        pod.metadata(),
                        span,
                        pod.podMetadata(),
                        pod.pod(),
                        new PodStatus(false, pod.status().containerReady())),
                null);
        return new Inbound(
                null,
                RESERVED_PORT,
                Protocol.TCP,
                isReady ? State.READY : State.NOT_READY,
                null,
                null,
                RESERVED_PORT,
                tags.withoutService(pod),
                span);
    }

    /** The name, whether Kuma knows it or not: appProtocol if known, else the annotation, else tcp. */
    private static String protocolOf(ServiceResource service, ServicePort port) {
        if (port.appProtocol() != null && Protocol.of(port.appProtocol().value()) != Protocol.UNKNOWN) {
            return port.appProtocol().value();
        }
        String annotation = service.metadata().annotation(port.port() + ".service.kuma.io/protocol");
        return annotation == null || annotation.isEmpty() ? "tcp" : annotation;
    }

    private static boolean isSelected(PodOwnerResource pod, Map<String, String> selector) {
        return selector.entrySet().stream()
                .allMatch(entry -> entry.getValue().equals(pod.podMetadata().label(entry.getKey())));
    }

    // A number needs no declaration: an undeclared port is served all the same.
    private static @Nullable Target targetOf(PodOwnerResource pod, String targetPort) {
        boolean isNumber = targetPort.matches("[0-9]{1,5}");
        for (Container container : containers(pod).toList()) {
            for (ContainerPort port : container.ports()) {
                boolean isMeant = isNumber
                        ? Integer.toString(port.containerPort()).equals(targetPort)
                        : targetPort.equals(port.name());
                if (isMeant && port.protocol().equals("TCP")) {
                    return new Target(port.containerPort(), port.name(), container);
                }
            }
        }
        return isNumber ? new Target(Integer.parseInt(targetPort), null, null) : null;
    }

    // An init container that restarts always is a sidecar: it serves beside the others.
    private static Stream<Container> containers(PodOwnerResource pod) {
        return Stream.concat(
                pod.pod().containers().stream(),
                pod.pod().initContainers().stream().filter(container -> "Always".equals(container.restartPolicy())));
    }

    private static boolean isReady(PodOwnerResource pod, @Nullable Container serving) {
        Map<String, Boolean> ready = pod.status().containerReady();
        boolean servingReady = serving != null
                ? ready.getOrDefault(serving.name(), true)
                : pod.pod().containers().stream()
                        .filter(container -> !container.name().equals(SIDECAR))
                        .allMatch(container -> ready.getOrDefault(container.name(), true));
        return servingReady
                && ready.getOrDefault(SIDECAR, true)
                && !pod.status().terminating();
    }
}
