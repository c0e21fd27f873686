package dev.writ.runtime.cli;

import dev.writ.compiler.envoy.kuma.ProxyDump;
import dev.writ.compiler.envoy.kuma.ProxyDump.Dataplane;
import dev.writ.compiler.envoy.kuma.ProxyDump.TaggedInbound;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the workload whose proxy a config dump is of: the dataplane of this name, or the controller of the pod of this name, which
 * Kubernetes calls {@code kv-5d4f8c7b9d-x2x4z}, {@code kv-0} or {@code kv-x2x4z}. Where the dump names none, as those of Kuma
 * 2 without their bootstrap, its inbounds tell.
 */
record ProxyOwner(MeshModel model) {

    /** The only one it can be. */
    Optional<Workload> of(ProxyDump dump) {
        Dataplane named = dump.dataplane();
        return named == null ? ofInbounds(dump.inbounds()) : of(named);
    }

    private Optional<Workload> of(Dataplane dataplane) {
        List<Workload> candidates = model.workloads().stream()
                .filter(workload -> isOf(dataplane, workload.key()))
                .sorted(Comparator.comparing(
                                (Workload workload) -> workload.key().name().length())
                        .reversed())
                .toList();
        // `kv-api` beats `kv`; a Deployment and a StatefulSet of one name are told apart by nothing here.
        if (candidates.size() > 1
                && candidates.get(0).key().name().equals(candidates.get(1).key().name())) {
            return Optional.empty();
        }
        return candidates.stream().findFirst();
    }

    private static boolean isOf(Dataplane dataplane, WorkloadKey key) {
        return isSame(dataplane.mesh(), key.mesh())
                && isSame(dataplane.zone(), key.zone())
                && isSame(dataplane.namespace(), key.namespace())
                && (dataplane.name().equals(key.name())
                        || key.namespace() != null
                                && dataplane.name().matches(Pattern.quote(key.name()) + "(-[a-z0-9]{1,10}){1,2}"));
    }

    private static boolean isSame(@Nullable String said, @Nullable String own) {
        return said == null || said.equals(own);
    }

    private Optional<Workload> ofInbounds(List<TaggedInbound> inbounds) {
        List<Workload> candidates = model.workloads().stream()
                .filter(workload -> !workload.inbounds().isEmpty()
                        && workload.inbounds().stream()
                                .allMatch(inbound -> inbounds.stream().anyMatch(has -> isOf(has, workload, inbound))))
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private static boolean isOf(TaggedInbound has, Workload workload, Inbound inbound) {
        String address = inbound.address() == null ? workload.address() : inbound.address();
        return has.port() == inbound.port()
                && (address == null || address.equals(has.address()))
                && has.tags().equals(inbound.tags());
    }
}
