package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What manifests leave to the cluster and the control plane they are applied to.
 *
 * @param target the Kuma whose reading of the resources is predicted
 * @param zone the zone whose control plane is predicted
 * @param systemNamespaces the namespaces of control planes: policies in them apply mesh-wide
 * @param defaultNamespace the namespace of manifests that name none; null: that is an error
 * @param assumeInjected whether pods count as part of the mesh though no sidecar-injection label is seen
 * @param workloadLabels the labels of a pod of which the first that it has names its workload ({@code kuma.io/workload}): a
 *     setting of the control plane, empty by default; without any the service account does
 * @param files the folder that stands for the control plane's file system; null where there is none
 * @param spireTrustDomain the trust domain of the SPIRE server; null where it is not known
 * @param tokenWorkload the workload that the token of universal dataplanes without the label {@code kuma.io/workload} carries
 *     ({@code kumactl generate dataplane-token --workload}); null: none
 * @param zones several zones at once, each with where its resources stand; empty: {@code zone} alone, and all resources are its own
 */
public record ModelOptions(
        Target target,
        String zone,
        List<String> systemNamespaces,
        @Nullable String defaultNamespace,
        boolean assumeInjected,
        List<String> workloadLabels,
        @Nullable Path files,
        @Nullable String spireTrustDomain,
        @Nullable String tokenWorkload,
        List<ZoneSources> zones) {
    public static final ModelOptions DEFAULT = new ModelOptions(
            Target.ENVOY,
            "default",
            List.of("kuma-system", "kong-mesh-system"),
            null,
            false,
            List.of(),
            null,
            null,
            null,
            List.of());

    public ModelOptions {
        systemNamespaces = List.copyOf(systemNamespaces);
        workloadLabels = List.copyOf(workloadLabels);
        zones = List.copyOf(zones);
    }

    /** What is not named is not there. */
    public ModelOptions(
            String zone,
            List<String> systemNamespaces,
            @Nullable String defaultNamespace,
            boolean assumeInjected,
            List<String> workloadLabels) {
        this(
                Target.ENVOY,
                zone,
                systemNamespaces,
                defaultNamespace,
                assumeInjected,
                workloadLabels,
                null,
                null,
                null,
                List.of());
    }

    /** The same for another target. */
    public ModelOptions withTarget(Target other) {
        return with(draft -> draft.target = other);
    }

    /** The same for another zone. */
    public ModelOptions withZone(String other) {
        return with(draft -> draft.zone = other);
    }

    /** The same for several zones. */
    public ModelOptions withZones(List<ZoneSources> others) {
        return with(draft -> draft.zones = others);
    }

    /** The same with a folder that stands for the control plane's file system. */
    public ModelOptions withFiles(@Nullable Path folder) {
        return with(draft -> draft.files = folder);
    }

    /** The same with the trust domain of the SPIRE server. */
    public ModelOptions withSpireTrustDomain(@Nullable String trustDomain) {
        return with(draft -> draft.spireTrustDomain = trustDomain);
    }

    /** The same with the workload that the tokens of universal dataplanes carry. */
    public ModelOptions withTokenWorkload(@Nullable String workload) {
        return with(draft -> draft.tokenWorkload = workload);
    }

    private ModelOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new ModelOptions(
                draft.target,
                draft.zone,
                systemNamespaces,
                defaultNamespace,
                assumeInjected,
                workloadLabels,
                draft.files,
                draft.spireTrustDomain,
                draft.tokenWorkload,
                draft.zones);
    }

    /** The same for the zones too that {@code .writ} files name; where they name one, and no other is asked for, for that one. */
    public ModelOptions withDeclaredZones(List<Resource> resources) {
        SortedSet<String> declared = resources.stream()
                .map(resource -> resource.metadata().declaredZone())
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        if (zones.isEmpty() && !zone.equals(DEFAULT.zone)) {
            declared.add(zone);
        }
        if (declared.isEmpty()) {
            return this;
        }
        if (zones.isEmpty() && declared.size() == 1) {
            return withZone(declared.first());
        }
        List<ZoneSources> all = new ArrayList<>(zones);
        for (String name : declared) {
            boolean isAsked = zones.isEmpty() && name.equals(zone);
            all.add(new ZoneSources(name, isAsked ? "/" : null));
        }
        return withZones(all);
    }

    /** What of the options can be changed one by one. */
    private static final class Draft {
        private Target target;
        private String zone;
        private @Nullable Path files;
        private @Nullable String spireTrustDomain;
        private @Nullable String tokenWorkload;
        private List<ZoneSources> zones;

        Draft(ModelOptions options) {
            target = options.target;
            zone = options.zone;
            files = options.files;
            spireTrustDomain = options.spireTrustDomain;
            tokenWorkload = options.tokenWorkload;
            zones = options.zones;
        }
    }

    /** The names of all zones that are predicted. */
    public List<String> zoneNames() {
        return zones.isEmpty()
                ? List.of(zone)
                : zones.stream().map(ZoneSources::zone).distinct().sorted().toList();
    }

    /** The zone whose control plane the resource at this place is applied to; empty for the global one. */
    public String controlPlaneOf(SourceSpan resource) {
        return zones.isEmpty()
                ? zone
                : zones.stream()
                        .filter(sources -> sources.hold(resource))
                        .max(Comparator.comparingInt(ZoneSources::depth))
                        .map(ZoneSources::zone)
                        .orElse("");
    }

    boolean isSystem(String namespace) {
        return systemNamespaces.contains(namespace);
    }
}
