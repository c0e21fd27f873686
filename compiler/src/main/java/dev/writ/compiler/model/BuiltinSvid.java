package dev.writ.compiler.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The certificate that a mesh with builtin mTLS gives a workload (Kuma up to 2.14, {@code pkg/core/ca/issuer}): one URI SAN
 * {@code spiffe://<mesh>/<service>} for each service, then {@code kuma://<tag>/<value>} for each tag of its inbounds, sorted.
 *
 * @param expiry {@code dpCert.rotation.expiration} of the mesh's backend; Kuma renews after four fifths of it
 */
public record BuiltinSvid(List<String> uriSans, Duration expiry) {

    public BuiltinSvid {
        uriSans = List.copyOf(uriSans);
    }

    /** What the mesh issues to the workload; empty where no backend is enabled. */
    public static Optional<BuiltinSvid> of(Mesh mesh, Workload workload) {
        BuiltinMtls mtls = mesh.mtls();
        return mtls == null
                ? Optional.empty()
                : Optional.of(new BuiltinSvid(uriSans(mesh.name(), workload), mtls.expiry()));
    }

    private static List<String> uriSans(String mesh, Workload workload) {
        SortedMap<String, SortedSet<String>> tags = tags(workload);
        List<String> sans = new ArrayList<>();
        tags.getOrDefault(KumaLabels.SERVICE, new TreeSet<>())
                .forEach(service -> sans.add("spiffe://" + mesh + "/" + service));
        tags.forEach((tag, values) -> values.forEach(value -> sans.add("kuma://" + tag + "/" + value)));
        return sans;
    }

    // A zone's control plane puts its zone among the tags of each inbound that has any.
    private static SortedMap<String, SortedSet<String>> tags(Workload workload) {
        SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
        for (Inbound inbound : workload.inbounds()) {
            inbound.tags()
                    .forEach((tag, value) ->
                            tags.computeIfAbsent(tag, none -> new TreeSet<>()).add(value));
        }
        if (!tags.isEmpty()) {
            tags.computeIfAbsent(KumaLabels.ZONE, none -> new TreeSet<>())
                    .add(workload.key().zone());
        }
        return tags;
    }
}
