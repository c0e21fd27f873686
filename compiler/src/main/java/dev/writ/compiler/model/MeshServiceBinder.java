package dev.writ.compiler.model;

import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import dev.writ.compiler.syntax.Resource.ServiceIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Binds the MeshServices of one mesh: those of the sources, and those that Kuma makes of Kubernetes Services. What clients
 * expect of their workloads Kuma's control plane writes into them ({@code meshservice/status/updater.go}); it is computed here
 * for the services of the own zone and read for those of others.
 */
final class MeshServiceBinder {
    private static final Comparator<MeshService> ORDER = Comparator.comparing(MeshService::name)
            .thenComparing(MeshService::namespace)
            .thenComparing(MeshService::zone);

    private final ModelOptions options;
    private final List<WorkloadDraft> drafts;
    private final IdentityIssuer issuer;
    private final Set<String> trusted;
    private final boolean hasBuiltin;

    /**
     * @param trusts whom the mesh trusts
     * @param hasMtls whether the mesh has a CA backend enabled
     */
    MeshServiceBinder(
            ModelOptions options,
            List<WorkloadDraft> drafts,
            IdentityIssuer issuer,
            List<MeshTrust> trusts,
            boolean hasMtls) {
        this.options = options;
        this.drafts = drafts;
        this.issuer = issuer;
        this.trusted = new HashSet<>(trusts.stream().map(MeshTrust::trustDomain).toList());
        this.hasBuiltin = hasMtls && options.target().isKuma2();
    }

    /** The services of the mesh, by name. */
    List<MeshService> bind(List<Placed<MeshServiceResource>> services) {
        List<MeshService> bound = new ArrayList<>();
        services.forEach(placed -> bound.add(bind(placed)));
        bound.sort(ORDER);
        return bound;
    }

    private MeshService bind(Placed<MeshServiceResource> placed) {
        MeshServiceResource resource = placed.resource();
        String zone = zoneOf(placed);
        boolean isLocal = zone.equals(options.zone());
        List<WorkloadDraft> behind = isLocal
                ? drafts.stream().filter(draft -> isBehind(resource, draft)).toList()
                : List.of();
        return new MeshService(
                placed.displayName(),
                zone,
                placed.namespace(),
                resource,
                isLocal ? advertised(behind) : stated(resource, "SpiffeID"),
                isLocal ? serviceTags(behind) : stated(resource, "ServiceTag"),
                !isLocal || isTlsReady(resource, behind),
                String.join("_", "kri", "msvc", placed.mesh(), zone, placed.namespace(), placed.displayName(), ""));
    }

    // A MeshService is always a zone's: the global control plane only passes it on.
    private String zoneOf(Placed<MeshServiceResource> placed) {
        String stated = placed.metadata().label(KumaLabels.ZONE);
        if (stated != null) {
            return stated;
        }
        return placed.controlPlane().isEmpty() ? options.zone() : placed.controlPlane();
    }

    private static boolean isBehind(MeshServiceResource service, WorkloadDraft draft) {
        if (service.dataplaneName() != null) {
            return service.dataplaneName().value().equals(draft.key().name());
        }
        Map<String, String> labels = service.dataplaneLabels();
        if (labels != null && !labels.isEmpty()) {
            return draft.labels().entrySet().containsAll(labels.entrySet());
        }
        Map<String, String> tags = service.dataplaneTags();
        return tags != null
                && !tags.isEmpty()
                && draft.inbounds().stream()
                        .anyMatch(inbound -> inbound.tags().entrySet().containsAll(tags.entrySet()));
    }

    private List<String> advertised(List<WorkloadDraft> behind) {
        SortedSet<String> ids = new TreeSet<>();
        behind.forEach(draft -> ids.addAll(issuer.advertised(draft.labels())));
        return List.copyOf(ids);
    }

    private static List<String> serviceTags(List<WorkloadDraft> behind) {
        return behind.stream()
                .flatMap(draft -> draft.inbounds().stream())
                .flatMap(inbound -> Stream.ofNullable(inbound.tags().get(KumaLabels.SERVICE)))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> stated(MeshServiceResource service, String type) {
        return service.identities().stream()
                .filter(identity -> identity.type().equals(type))
                .map(ServiceIdentity::value)
                .distinct()
                .sorted()
                .toList();
    }

    // Once ready it stays ready, for as long as the mesh has identities at all: also for a workload that lost its own.
    private boolean isTlsReady(MeshServiceResource service, List<WorkloadDraft> behind) {
        if (hasBuiltin) {
            return true;
        }
        return Boolean.TRUE.equals(service.tlsReady())
                ? issuer.isAnyReady()
                : !behind.isEmpty() && behind.stream().allMatch(this::isVerifiable);
    }

    private boolean isVerifiable(WorkloadDraft draft) {
        return issuer.isVerifiable(draft.labels(), trusted);
    }
}
