package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.CallerGroupResource;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the declarations of a {@code .writ} file into the mesh and the zones that its {@code mesh} line names: each is once in each
 * zone. Groups are no part of a mesh: every file may name them.
 */
final class WritScope {
    private static final String ZONE = "kuma.io/zone";

    private WritScope() {}

    static List<Resource> resources(WritFile file) {
        List<Resource> resources = new ArrayList<>();
        for (Resource declared : file.declarations()) {
            if (declared instanceof CallerGroupResource) {
                resources.add(declared);
            } else if (file.zones().isEmpty()) {
                resources.add(in(declared, metadata(declared.metadata(), file.mesh(), null)));
            } else {
                file.zones()
                        .forEach(zone -> resources.add(in(declared, metadata(declared.metadata(), file.mesh(), zone))));
            }
        }
        return resources;
    }

    private static Metadata metadata(Metadata own, @Nullable Located<String> mesh, @Nullable Located<String> zone) {
        Map<String, SourceText> labels = new LinkedHashMap<>(own.labels());
        if (zone != null) {
            labels.put(ZONE, SourceText.verbatim(zone.span()));
        }
        Located<String> of = mesh == null ? new Located<>("default", own.name().span()) : mesh;
        return new Metadata(
                own.name(), own.namespace(), of, own.form(), labels, own.annotations(), own.owners(), own.uid());
    }

    private static Resource in(Resource declared, Metadata metadata) {
        return switch (declared) {
            case MeshIdentityResource identity ->
                new MeshIdentityResource(
                        metadata,
                        identity.span(),
                        identity.matchLabels(),
                        identity.trustDomain(),
                        identity.path(),
                        identity.provider());
            case MeshTrustResource trust ->
                new MeshTrustResource(
                        metadata, trust.span(), trust.trustDomain(), trust.caBundles(), trust.originKri());
            case DataplaneResource workload ->
                new DataplaneResource(
                        metadata,
                        workload.span(),
                        workload.address(),
                        workload.inbounds(),
                        workload.outbounds(),
                        workload.gateway());
            case PermissionResource permission ->
                new PermissionResource(
                        metadata,
                        permission.span(),
                        permission.targetRef(),
                        permission.rules(),
                        permission.from(),
                        permission.ofFeature());
            default -> throw new IllegalStateException("no declaration of Writ: " + declared);
        };
    }
}
