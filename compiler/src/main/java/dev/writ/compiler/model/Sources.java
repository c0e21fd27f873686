package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.CallerGroupResource;
import dev.writ.compiler.syntax.Resource.ClusterSpiffeIdResource;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import dev.writ.compiler.syntax.Resource.MeshTlsResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import dev.writ.compiler.syntax.Resource.NamespaceResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.SecretResource;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import dev.writ.compiler.syntax.Resource.UnmodelledResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The resources by kind, each in its namespace. What has no usable name or namespace, or stands there a second time, is
 * reported and left out.
 */
final class Sources {

    /**
     * A resource and where it is applied, which its manifest may leave open.
     *
     * @param namespace empty where it is in none: in the universal form, unless its label says one
     * @param controlPlane the zone whose control plane it is applied to; empty for the global one
     */
    record Placed<R extends Resource>(R resource, String namespace, String controlPlane) {
        Metadata metadata() {
            return resource.metadata();
        }

        String name() {
            return metadata().name().value();
        }

        boolean isUniversal() {
            return metadata().isUniversal();
        }

        String mesh() {
            return meshOf(metadata());
        }

        /** Whether the global control plane has it, from where every zone gets it. */
        boolean isGlobal() {
            String origin = metadata().label(KumaLabels.ORIGIN);
            return origin == null ? controlPlane.isEmpty() : origin.equals("global");
        }

        /** The zone it comes from; empty for the global control plane. */
        String zone() {
            String stated = metadata().label(KumaLabels.ZONE);
            return stated != null ? stated : isGlobal() ? "" : controlPlane;
        }

        /** What its users call it, whatever a control plane that copied it made of its name. */
        String displayName() {
            String stated = metadata().label(KumaLabels.DISPLAY_NAME);
            return stated == null ? name() : stated;
        }

        /** Kuma's resource identifier ({@code core/kri}). */
        String kri(String shortName) {
            String there = metadata().label(KumaLabels.NAMESPACE);
            return String.join(
                    "_", "kri", shortName, mesh(), zone(), there == null ? namespace : there, displayName(), "");
        }
    }

    final Map<String, NamespaceResource> namespaces = new TreeMap<>();
    final Map<String, MeshResource> meshes = new TreeMap<>();
    final List<Placed<MeshIdentityResource>> identities = new ArrayList<>();
    final List<Placed<MeshTrustResource>> trusts = new ArrayList<>();
    final List<Placed<PermissionResource>> permissions = new ArrayList<>();
    final List<Placed<PermissionResource>> featurePermissions = new ArrayList<>();
    final Map<String, CallerGroupResource> groups = new TreeMap<>();
    final List<Placed<PodOwnerResource>> podOwners = new ArrayList<>();
    final List<Placed<ServiceResource>> services = new ArrayList<>();
    final List<Placed<DataplaneResource>> dataplanes = new ArrayList<>();
    final List<Placed<MeshTlsResource>> meshTls = new ArrayList<>();
    final List<Placed<MeshServiceResource>> meshServices = new ArrayList<>();
    final List<Placed<SecretResource>> secrets = new ArrayList<>();
    final List<ClusterSpiffeIdResource> clusterSpiffeIds = new ArrayList<>();
    final List<UnmodelledResource> unmodelled = new ArrayList<>();

    private final ModelOptions options;
    private final DiagnosticSink diagnostics;
    private final SortedMap<String, List<SourceSpan>> homeless = new TreeMap<>();
    private final Map<List<String>, Resource> seen = new HashMap<>();

    private Sources(ModelOptions options, DiagnosticSink diagnostics) {
        this.options = options;
        this.diagnostics = diagnostics;
    }

    static Sources of(List<Resource> resources, ModelOptions options, DiagnosticSink diagnostics) {
        Sources sources = new Sources(options, diagnostics);
        resources.forEach(sources::add);
        sources.reportHomeless();
        return sources;
    }

    /** The mesh that a resource says it belongs to, in either form. */
    static String meshOf(Metadata metadata) {
        if (metadata.mesh() != null) {
            return metadata.mesh().value();
        }
        String label = metadata.label(KumaLabels.MESH);
        return label == null ? KumaLabels.DEFAULT_MESH : label;
    }

    // What one zone's control plane has, the others do not see. Only its MeshServices does the global one send on to
    // all.
    private boolean isSeen(Resource resource) {
        String controlPlane = controlPlaneOf(resource);
        return resource instanceof MeshServiceResource || controlPlane.isEmpty() || controlPlane.equals(options.zone());
    }

    private void add(Resource resource) {
        if (!isSeen(resource)) {
            return;
        }
        switch (resource) {
            case NamespaceResource namespace -> {
                if (isNamed("Namespace", namespace) && isFirst("Namespace", "", namespace)) {
                    namespaces.put(namespace.metadata().name().value(), namespace);
                }
            }
            case MeshResource mesh -> {
                if (isNamed("Mesh", mesh) && isFirst("Mesh", "", mesh)) {
                    meshes.put(mesh.metadata().name().value(), mesh);
                }
            }
            case MeshIdentityResource identity -> place("MeshIdentity", identity, identities);
            case MeshTrustResource trust -> place("MeshTrust", trust, trusts);
            case PermissionResource permission -> {
                if (permission.ofFeature()) {
                    featurePermissions.add(new Placed<>(permission, "", controlPlaneOf(permission)));
                } else {
                    place("MeshTrafficPermission", permission, permissions);
                }
            }
            case CallerGroupResource group -> groups.put(group.metadata().name().value(), group);
            case PodOwnerResource owner -> place(owner.kind(), owner, podOwners);
            case ServiceResource service -> place("Service", service, services);
            case DataplaneResource dataplane -> place("Dataplane", dataplane, dataplanes);
            case MeshTlsResource tls -> place("MeshTLS", tls, meshTls);
            case MeshServiceResource service -> place("MeshService", service, meshServices);
            case SecretResource secret -> {
                // Nobody can refer to one without a namespace, and most Secrets are not the mesh's anyway.
                Metadata metadata = secret.metadata();
                if (metadata.isUniversal() || metadata.namespace() != null || options.defaultNamespace() != null) {
                    place("Secret", secret, secrets);
                }
            }
            case ClusterSpiffeIdResource registration -> clusterSpiffeIds.add(registration);
            case UnmodelledResource other -> unmodelled.add(other);
        }
    }

    private <R extends Resource> void place(String kind, R resource, List<Placed<R>> into) {
        boolean isNamed = isNamed(kind, resource);
        String namespace = resource.metadata().isUniversal()
                ? Objects.requireNonNullElse(resource.metadata().label(KumaLabels.NAMESPACE), "")
                : namespaceOf(kind, resource.metadata());
        if (isHomeless(resource)) {
            homeless.computeIfAbsent(kind, none -> new ArrayList<>()).add(resource.span());
        } else if (isNamed && namespace != null && isFirst(kind, namespace, resource)) {
            into.add(new Placed<>(resource, namespace, controlPlaneOf(resource)));
        }
    }

    // The global control plane runs no proxies; a copy of a zone's Dataplane says by a label whose it is.
    private boolean isHomeless(Resource resource) {
        return controlPlaneOf(resource).isEmpty()
                && (resource instanceof PodOwnerResource
                        || (resource instanceof DataplaneResource
                                && resource.metadata().label(KumaLabels.ZONE) == null));
    }

    private void reportHomeless() {
        if (!homeless.isEmpty()) {
            List<String> counts = new ArrayList<>();
            homeless.forEach((kind, places) -> counts.add(places.size() + " " + kind));
            diagnostics.add(
                    DiagnosticId.ZONE_OTHER,
                    homeless.values().stream()
                            .flatMap(List::stream)
                            .min(Comparator.naturalOrder())
                            .orElseThrow(),
                    "left out what stands in no zone's path: " + String.join(", ", counts),
                    "`--zone NAME=PATH` says which zone's control plane the resources below a path are applied to");
        }
    }

    private String controlPlaneOf(Resource resource) {
        String declared = resource.metadata().declaredZone();
        return declared == null ? options.controlPlaneOf(resource.span()) : declared;
    }

    private boolean isNamed(String kind, Resource resource) {
        Located<String> name = resource.metadata().name();
        boolean isUniversal = resource.metadata().isUniversal();
        if (isUniversal ? KubernetesNames.isUniversalName(name.value()) : KubernetesNames.isName(name.value())) {
            return true;
        }
        diagnostics.add(
                DiagnosticId.SCHEMA_INVALID_VALUE,
                name.span(),
                "`" + name.value() + "` is no name for a " + kind,
                "a name holds lower case letters, digits, `-` and `.`, and starts and ends with a letter or digit");
        return false;
    }

    private @Nullable String namespaceOf(String kind, Metadata metadata) {
        Located<String> stated = metadata.namespace();
        if (stated == null) {
            if (options.defaultNamespace() == null) {
                diagnostics.add(
                        DiagnosticId.SCHEMA_MISSING_FIELD,
                        metadata.name().span(),
                        "the " + kind + " `" + metadata.name().value() + "` has no namespace",
                        "add `metadata.namespace`, or give `--namespace NAME` for all manifests that name none");
            }
            return options.defaultNamespace();
        }
        if (!KubernetesNames.isNamespace(stated.value())) {
            diagnostics.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    stated.span(),
                    "`" + stated.value() + "` is no name for a namespace",
                    "a namespace holds lower case letters, digits and `-`, and starts and ends with a letter or digit");
            return null;
        }
        return stated.value();
    }

    private boolean isFirst(String kind, String namespace, Resource resource) {
        Located<String> name = resource.metadata().name();
        // A universal resource is named once in its mesh, whatever namespace its label says.
        // A declaration of Writ is in its mesh too, where Kubernetes has one namespace for all meshes.
        Metadata metadata = resource.metadata();
        String place = metadata.isUniversal()
                ? "mesh " + meshOf(metadata)
                : metadata.form() == Metadata.Form.WRIT ? namespace + " mesh " + meshOf(metadata) : namespace;
        Resource first = seen.putIfAbsent(List.of(kind, place, name.value(), controlPlaneOf(resource)), resource);
        if (first == null) {
            return true;
        }
        String where = resource.metadata().isUniversal()
                ? " in the mesh `" + meshOf(resource.metadata()) + "`"
                : namespace.isEmpty() ? "" : " in the namespace `" + namespace + "`";
        diagnostics.add(Diagnostic.of(
                        resource instanceof PodOwnerResource || resource instanceof DataplaneResource
                                ? DiagnosticId.WORKLOAD_DUPLICATE
                                : DiagnosticId.SCHEMA_DUPLICATE,
                        name.span(),
                        "there is another " + kind + " `" + name.value() + "`" + where)
                .withRelated(first.metadata().name().span(), "the first one"));
        return false;
    }
}
