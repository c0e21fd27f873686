package dev.writ.compiler.model;

import dev.writ.compiler.model.Outbound.ServicePort;
import dev.writ.compiler.syntax.Resource.BackendRef;
import dev.writ.compiler.syntax.Resource.DataplaneOutbound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the MeshServices that the outbounds of dataplanes refer to ({@code rules/resolve}): by name one of the dataplane's own
 * zone and namespace, by labels one of any zone. Of what is not a MeshService, or not in the sources, a client's proxy gets no
 * cluster that could be predicted: such an outbound is left out.
 */
final class OutboundBinder {
    private final List<MeshService> services;

    /** @param services those that the dataplanes' zone sees */
    OutboundBinder(List<MeshService> services) {
        this.services = services;
    }

    List<Outbound> bind(WorkloadDraft draft) {
        return draft.outbounds().stream()
                .map(outbound -> bind(outbound, draft))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Outbound> bind(DataplaneOutbound outbound, WorkloadDraft draft) {
        String address = outbound.address() == null ? draft.address() : outbound.address();
        BackendRef backend = outbound.backend();
        if (backend == null) {
            return Optional.of(new Outbound(address, outbound.port(), null, new TreeMap<>(outbound.tags())));
        }
        if (!backend.kind().value().equals("MeshService")) {
            return Optional.empty();
        }
        return services.stream()
                .filter(service -> isMeant(service, backend, draft))
                .findFirst()
                .map(service -> new Outbound(
                        address,
                        outbound.port(),
                        new ServicePort(service, portOf(service, backend.port())),
                        new TreeMap<>()));
    }

    private static boolean isMeant(MeshService service, BackendRef backend, WorkloadDraft draft) {
        if (backend.name() != null) {
            return service.name().equals(backend.name().value())
                    && service.zone().equals(draft.key().zone())
                    && service.namespace().equals(draft.labels().getOrDefault(KumaLabels.NAMESPACE, ""));
        }
        Map<String, String> labels = new TreeMap<>();
        service.resource().metadata().labels().forEach((key, text) -> labels.put(key, text.value()));
        labels.put(KumaLabels.DISPLAY_NAME, service.name());
        labels.putIfAbsent(KumaLabels.ZONE, service.zone());
        return labels.entrySet().containsAll(backend.labels().entrySet());
    }

    private static int portOf(MeshService service, @Nullable Integer stated) {
        return stated != null || service.resource().ports().isEmpty()
                ? stated == null ? 0 : stated
                : service.resource().ports().getFirst().port();
    }
}
