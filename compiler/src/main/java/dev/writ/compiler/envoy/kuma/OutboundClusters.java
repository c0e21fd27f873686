package dev.writ.compiler.envoy.kuma;

import dev.writ.compiler.envoy.kuma.ServerNames.Destination;
import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshService;
import dev.writ.compiler.model.Outbound;
import dev.writ.compiler.model.Outbound.ServicePort;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.TlsPolicy;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.syntax.Resource.MeshServicePort;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the clusters of what a workload calls, with the TLS to them ({@code core/xds/meshroute/clusters.go}). Legacy outbounds with
 * tags beside {@code kuma.io/service} get their cluster under a name that routes hash: they are named by the service here.
 */
final class OutboundClusters {

    private final Mesh mesh;
    private final Workload workload;
    private final Target target;
    private final Optional<Credentials> credentials;

    OutboundClusters(Mesh mesh, Workload workload, Target target, Optional<Credentials> credentials) {
        this.mesh = mesh;
        this.workload = workload;
        this.target = target;
        this.credentials = credentials;
    }

    Cluster cluster(Outbound outbound) {
        return outbound.service() == null ? byTags(outbound.tags()) : ofService(outbound.service());
    }

    private Cluster ofService(ServicePort called) {
        MeshService service = called.service();
        String name = target.isKuma2()
                ? String.join("_", mesh.name(), service.name(), service.namespace(), service.zone(), "msvc", "")
                        + called.port()
                : service.kri() + called.port();
        Cluster.Builder cluster = KumaClusters.discovered(name);
        credentials
                .filter(given -> originatesTls(service))
                .ifPresent(given -> cluster.setTransportSocket(TlsContexts.upstream(
                        given, serverIds(given, service), serverName(given, called), tlsPolicy())));
        return cluster.build();
    }

    /** A service of another zone is only reached by TLS, through the zone proxies. */
    private boolean originatesTls(MeshService service) {
        return service.tlsReady() || isRemote(service);
    }

    private boolean isRemote(MeshService service) {
        return !service.zone().isEmpty() && !service.zone().equals(mesh.zone());
    }

    /**
     * Up to 2.14 those of the mesh's CA backend too. The trust bundle of a proxy without a MeshIdentity is asked for no SAN at all
     * (recorded: scenario v214-40).
     */
    private List<String> serverIds(Credentials given, MeshService service) {
        if (target.isKumaSince(Target.KUMA_3)) {
            return service.spiffeIds();
        }
        Stream<String> byTag = service.serviceTags().stream().map(this::spiffeId);
        return switch (given) {
            case Credentials.OfMesh builtin -> builtin.withTrusts() ? List.of() : byTag.toList();
            case Credentials.OfMeshIdentity identity -> sorted(service, byTag);
            case Credentials.OfSpire spire -> sorted(service, byTag);
        };
    }

    private static List<String> sorted(MeshService service, Stream<String> byTag) {
        return List.copyOf(
                Stream.concat(service.spiffeIds().stream(), byTag).collect(Collectors.toCollection(TreeSet::new)));
    }

    private String spiffeId(String serviceTag) {
        return "spiffe://" + mesh.name() + "/" + serviceTag;
    }

    /**
     * Since 3 by KRI. 2.14 does so only from a MeshIdentity to a service of the same zone (before a mesh-scoped zone proxy, which
     * Writ does not model, too); all else is hashed.
     */
    private String serverName(Credentials given, ServicePort called) {
        MeshService service = called.service();
        boolean byKri = target.isKumaSince(Target.KUMA_3)
                || target.isKumaSince(Target.KUMA_2_14) && !(given instanceof Credentials.OfMesh) && !isRemote(service);
        if (byKri) {
            return ServerNames.of(new Destination(
                    "msvc", mesh.name(), service.zone(), service.namespace(), service.name(), portName(called)));
        }
        String name = service.namespace().isEmpty() ? service.name() : service.name() + "." + service.namespace();
        return ServerNames.hashed(name, mesh.name(), called.port());
    }

    private static String portName(ServicePort called) {
        for (MeshServicePort port : called.service().resource().ports()) {
            if (port.port() == called.port() && port.name() != null) {
                return port.name();
            }
        }
        return Integer.toString(called.port());
    }

    private Cluster byTags(SortedMap<String, String> tags) {
        String service = tags.getOrDefault(KumaLabels.SERVICE, "");
        Cluster.Builder cluster = KumaClusters.discovered(service);
        credentials.ifPresent(given -> cluster.setTransportSocket(TlsContexts.upstream(
                given,
                given instanceof Credentials.OfMesh builtin && builtin.withTrusts()
                        ? List.of()
                        : List.of(spiffeId(service)),
                ServerNames.ofTags(service, mesh.name(), tags),
                tlsPolicy())));
        return cluster.build();
    }

    /** Kuma takes that of any inbound: such a policy is for the whole mesh. */
    private TlsPolicy tlsPolicy() {
        return workload.tls().isEmpty() ? TlsPolicy.NONE : workload.tls().getFirst();
    }

    /** The clusters of all outbounds, each once, by name. */
    SortedMap<String, Cluster> clusters() {
        Map<String, Cluster> byName = new TreeMap<>();
        for (Outbound outbound : workload.outbounds()) {
            Cluster cluster = cluster(outbound);
            byName.putIfAbsent(cluster.getName(), cluster);
        }
        return new TreeMap<>(byName);
    }
}
