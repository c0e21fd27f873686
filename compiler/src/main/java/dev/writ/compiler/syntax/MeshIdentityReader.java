package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code MeshIdentity} ({@code meshidentity/api/v1alpha1/meshidentity.go}). */
final class MeshIdentityReader {
    private MeshIdentityReader() {}

    static Resource read(Document document) {
        Fields spec = document.requiredSpec();
        Map<String, SourceText> matchLabels = matchLabels(spec);
        Fields spiffeId = spec.mapping("spiffeID");
        SourceText trustDomain = spiffeId.text("trustDomain");
        SourceText path = spiffeId.text("path");
        spiffeId.refuseOthers();
        ProviderSyntax provider = ProviderReader.read(spec.mapping("provider"));
        spec.refuseOthers();
        return new MeshIdentityResource(
                document.metadata(), document.metadata().name().span(), matchLabels, trustDomain, path, provider);
    }

    /** Kuma: no selector, or one without {@code dataplane}, selects nothing; one without labels selects everything. */
    private static @Nullable Map<String, SourceText> matchLabels(Fields spec) {
        Fields selector = spec.mapping("selector");
        Fields dataplane = selector.mapping("dataplane");
        Map<String, SourceText> labels = dataplane.texts("matchLabels");
        dataplane.refuseOthers();
        selector.refuseOthers();
        return dataplane.isPresent() ? Objects.requireNonNullElse(labels, Map.of()) : null;
    }
}
