package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.model.Workload.Doubt;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds resources to a model of the meshes they describe: Kubernetes workloads become dataplanes as in Kuma, identities are
 * selected and their templates resolved, permissions put in their order.
 *
 * <p>What is wrong with the resources as such goes to the sink. That a workload has no identity does not: the workload says why
 * ({@link WorkloadIdentity.Absent}), and checks report it.
 */
public final class ModelBuilder {
    private final ModelOptions options;
    private final DiagnosticSink diagnostics;

    private ModelBuilder(ModelOptions options, DiagnosticSink diagnostics) {
        this.options = options;
        this.diagnostics = diagnostics;
    }

    /** The model of these resources, in any order; of those that were found wrong it has nothing. */
    public static MeshModel build(List<Resource> resources, ModelOptions options, DiagnosticSink diagnostics) {
        VersionRules.check(resources, options.target(), diagnostics);
        List<Mesh> meshes = new ArrayList<>();
        for (String zone : options.zoneNames()) {
            ModelOptions one = options.withZone(zone);
            meshes.addAll(new ModelBuilder(one, diagnostics).build(Sources.of(resources, one, diagnostics)));
        }
        meshes.sort(Comparator.comparing(Mesh::name).thenComparing(Mesh::zone));
        List<Mesh> bound = new CallerBinder(meshes, diagnostics).bind();
        return new MeshModel(
                options.target(),
                options.target().isKuma() ? KumaRules.bind(bound, options.target(), diagnostics) : bound,
                UnmodelledDoubts.externalServices(resources));
    }

    private List<Mesh> build(Sources sources) {
        ZoneFilter zones = new ZoneFilter(options);
        Injection injection = new Injection(sources, options, diagnostics);
        SortedMap<String, List<WorkloadDraft>> drafts = new WorkloadDrafter(
                        options, new DataplaneConverter(sources, options), injection, zones)
                .draft(OwnerJoin.join(sources, diagnostics)).stream()
                        .collect(Collectors.groupingBy(draft -> draft.key().mesh(), TreeMap::new, Collectors.toList()));
        SortedMap<String, List<BoundIdentity>> identities =
                new IdentityBinder(options, zones, diagnostics).bind(sources);
        TrustBinder trusts = new TrustBinder(options, zones, diagnostics);
        SortedMap<String, List<MeshTrustResource>> declared = trusts.read(sources);
        SortedMap<String, List<Permission>> permissions =
                new PermissionBinder(options, zones, diagnostics).bind(sources);
        TlsBinder tls = new TlsBinder(options, zones, diagnostics);
        tls.read(sources);
        SortedMap<String, List<Placed<MeshServiceResource>>> services =
                new MeshServiceSources(injection, options).read(sources);
        injection.report();
        zones.report(diagnostics);

        SortedMap<String, List<SourceSpan>> named = new TreeMap<>();
        drafts.forEach((mesh, all) -> all.forEach(draft -> name(named, mesh, draft.span())));
        identities.forEach((mesh, all) ->
                all.forEach(identity -> name(named, mesh, identity.resource().span())));
        declared.forEach((mesh, all) -> all.forEach(trust -> name(named, mesh, trust.span())));
        permissions.forEach((mesh, all) -> all.forEach(permission -> name(named, mesh, permission.span())));
        requireMeshes(sources, named);

        SortedSet<String> names = new TreeSet<>(sources.meshes.keySet());
        names.addAll(named.keySet());
        List<Mesh> meshes = new ArrayList<>();
        SpireSetup spire = SpireSetup.of(sources, options);
        UnmodelledDoubts unmodelled = new UnmodelledDoubts(sources, options);
        for (String name : names) {
            meshes.add(mesh(
                    name,
                    sources.meshes.get(name),
                    drafts.getOrDefault(name, List.of()),
                    identities.getOrDefault(name, List.of()),
                    trusts,
                    permissions.getOrDefault(name, List.of()),
                    tls,
                    services.getOrDefault(name, List.of()),
                    spire,
                    unmodelled));
        }
        return meshes;
    }

    private static void name(SortedMap<String, List<SourceSpan>> named, String mesh, SourceSpan span) {
        named.computeIfAbsent(mesh, none -> new ArrayList<>()).add(span);
    }

    // Sources without any Mesh leave the meshes to the cluster. With one they mean to be whole.
    private void requireMeshes(Sources sources, SortedMap<String, List<SourceSpan>> named) {
        if (sources.meshes.isEmpty()) {
            return;
        }
        for (Map.Entry<String, List<SourceSpan>> entry : named.entrySet()) {
            if (!sources.meshes.containsKey(entry.getKey())) {
                diagnostics.add(Diagnostic.of(
                        DiagnosticId.MESH_UNKNOWN,
                        entry.getValue().stream().min(Comparator.naturalOrder()).orElseThrow(),
                        "this is part of the mesh `" + entry.getKey() + "`, which the sources do not have",
                        NearName.help(entry.getKey(), sources.meshes.keySet())
                                .orElse("the label `" + KumaLabels.MESH + "` says which mesh; without it, `"
                                        + KumaLabels.DEFAULT_MESH + "`")));
            }
        }
    }

    // A control plane serves MeshIdentities only in a mesh whose MeshServices are exclusive. A Mesh that is not among
    // the
    // sources is taken to be so, and without a control plane nothing depends on it.
    private boolean areServicesOff(@Nullable MeshResource mesh) {
        return options.target().isKuma()
                && mesh != null
                && (mesh.meshServicesMode() == null
                        || !mesh.meshServicesMode().value().equals("Exclusive"));
    }

    private Mesh mesh(
            String name,
            @Nullable MeshResource resource,
            List<WorkloadDraft> drafts,
            List<BoundIdentity> bound,
            TrustBinder trusts,
            List<Permission> permissions,
            TlsBinder tls,
            List<Placed<MeshServiceResource>> meshServices,
            SpireSetup spire,
            UnmodelledDoubts unmodelled) {
        IdentityIssuer issuer = new IdentityIssuer(drafts, bound, areServicesOff(resource));
        PartialSelection partial = new PartialSelection(permissions, bound);
        List<MeshTrust> trusted = trusts.bind(name, issuer);
        BuiltinMtls mtls = resource == null ? null : BuiltinMtls.of(resource.mtls());
        List<MeshService> services =
                new MeshServiceBinder(options, drafts, issuer, trusted, mtls != null).bind(meshServices);
        OutboundBinder outbounds = new OutboundBinder(services);
        List<Workload> workloads = new ArrayList<>();
        for (WorkloadDraft draft : drafts) {
            List<Doubt> doubts = new ArrayList<>(draft.doubts());
            doubts.addAll(partial.doubts(draft));
            doubts.addAll(unmodelled.of(draft.key()));
            workloads.add(new Workload(
                    draft.key(),
                    draft.span(),
                    draft.labels(),
                    draft.inbounds(),
                    issuer.identityOf(draft),
                    draft.address(),
                    outbounds.bind(draft),
                    tls.bind(draft),
                    doubts));
        }
        workloads.sort(Comparator.comparing(Workload::key));
        return new Mesh(
                name,
                options.zone(),
                workloads,
                issuer.identities(),
                trusted,
                permissions,
                serviceMode(resource),
                mtls,
                services,
                spire);
    }

    private static @Nullable String serviceMode(@Nullable MeshResource mesh) {
        if (mesh == null) {
            return null;
        }
        return mesh.meshServicesMode() == null
                ? "Disabled"
                : mesh.meshServicesMode().value();
    }
}
