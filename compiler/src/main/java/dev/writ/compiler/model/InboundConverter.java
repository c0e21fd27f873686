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
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a pod and the Services that select it into the inbounds of its Dataplane, as Kuma 3 does
 * ({@code k8s/controllers/inbound_converter.go}): an inbound for each TCP port of a Service that the pod has; the same port
 * twice is one inbound, the one that serves most; without any, one inbound on a port that is never in use.
 */
final class InboundConverter {
    /** Kuma's {@code TCPPortReserved}: a pod without Services still gets TLS and policy. */
    static final int RESERVED_PORT = 49151;

    private static final String SIDECAR = "kuma-sidecar";

    /** A port that a Service leads to, and the container that declares it. */
    private record Target(
            int port, @Nullable String name, @Nullable Container container) {}

    private InboundConverter() {}

    /** @param services those that select the pod, by name */
    static List<Inbound> convert(PodOwnerResource pod, List<ServiceResource> services) {
        List<ServiceResource> regular = services.stream()
                .filter(service -> service.metadata().label(KumaLabels.ZONE_PROXY_TYPE) == null)
                .toList();
        // A pod behind nothing but zone proxy Services is a zone proxy: it has listeners, and no inbound.
        if (regular.isEmpty() && !services.isEmpty()) {
            return List.of();
        }
        Map<Integer, Inbound> byPort = new LinkedHashMap<>();
        for (ServiceResource service : regular) {
            if (!service.type().equals("ExternalName")) {
                ofService(pod, service)
                        .forEach(inbound -> byPort.merge(inbound.port(), inbound, InboundConverter::moreServing));
            }
        }
        return byPort.isEmpty() ? List.of(withoutService(pod)) : List.copyOf(byPort.values());
    }

    private static Inbound moreServing(Inbound one, Inbound other) {
        return one.state().compareTo(other.state()) <= 0 ? one : other;
    }

    private static List<Inbound> ofService(PodOwnerResource pod, ServiceResource service) {
        List<Inbound> inbounds = new ArrayList<>();
        for (ServicePort port : service.ports()) {
            Target target = port.protocol().equals("TCP") ? targetOf(pod, port.targetPort()) : null;
            if (target != null) {
                State state = isReady(pod, target.container()) ? State.READY : State.NOT_READY;
                if (service.selector() != null && !isSelected(pod, service.selector())) {
                    state = State.IGNORED;
                }
                inbounds.add(new Inbound(
                        target.name(), target.port(), Protocol.of(protocolOf(service, port)), state, port.span()));
            }
        }
        return inbounds;
    }

    private static Inbound withoutService(PodOwnerResource pod) {
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
        return new Inbound(null, RESERVED_PORT, Protocol.TCP, isReady ? State.READY : State.NOT_READY, span);
    }

    /** The name in lower case, whether Kuma knows it or not: appProtocol if known, else the annotation, else tcp. */
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
