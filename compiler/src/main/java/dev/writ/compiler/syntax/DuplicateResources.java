package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import dev.writ.compiler.syntax.Resource.NamespaceResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import dev.writ.compiler.syntax.Resource.UnmodelledResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Refuses two resources of one kind, namespace, name, mesh and control plane: of two that say the same, too, one is stale tomorrow. */
final class DuplicateResources {
    private record Key(String kind, String namespace, String name, String mesh, String controlPlane) {}

    private DuplicateResources() {}

    static void refuse(List<Resource> resources, Function<SourceSpan, String> controlPlane, DiagnosticSink sink) {
        Map<Key, Resource> seen = new HashMap<>();
        for (Resource resource : resources) {
            String stated = resource.metadata().declaredZone();
            Key key = key(resource, stated == null ? controlPlane.apply(resource.span()) : stated);
            Resource first = seen.putIfAbsent(key, resource);
            if (first != null) {
                String name = key.namespace.isEmpty() ? key.name : key.namespace + "/" + key.name;
                sink.add(Diagnostic.of(
                                DiagnosticId.SCHEMA_DUPLICATE,
                                resource.metadata().name().span(),
                                "the " + key.kind + " `" + name + "` is declared twice")
                        .withRelated(first.metadata().name().span(), "first declared here"));
            }
        }
    }

    private static Key key(Resource resource, String controlPlane) {
        Metadata metadata = resource.metadata();
        String mesh = value(metadata.mesh());
        String label = metadata.label("kuma.io/mesh");
        return new Key(
                kind(resource),
                value(metadata.namespace()),
                metadata.name().value(),
                mesh.isEmpty() && label != null ? label : mesh,
                controlPlane);
    }

    private static String value(@Nullable Located<String> text) {
        return text == null ? "" : text.value();
    }

    private static String kind(Resource resource) {
        return switch (resource) {
            case MeshResource mesh -> "Mesh";
            case MeshIdentityResource identity -> "MeshIdentity";
            case MeshTrustResource trust -> "MeshTrust";
            case PermissionResource permission -> permission.ofFeature() ? "permission" : "MeshTrafficPermission";
            case NamespaceResource namespace -> "Namespace";
            case PodOwnerResource owner -> owner.kind();
            case ServiceResource service -> "Service";
            case DataplaneResource dataplane -> "Dataplane";
            case Resource.CallerGroupResource group -> "group";
            case Resource.MeshTlsResource tls -> "MeshTLS";
            case Resource.MeshServiceResource service -> "MeshService";
            case Resource.SecretResource secret -> "Secret";
            case Resource.ClusterSpiffeIdResource registration -> "ClusterSPIFFEID";
            case UnmodelledResource unmodelled -> unmodelled.kind();
        };
    }
}
