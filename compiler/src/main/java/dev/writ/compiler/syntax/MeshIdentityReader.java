package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticSink;
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
        SourceText trustDomain = template(spiffeId, "trustDomain");
        SourceText path = template(spiffeId, "path");
        spiffeId.refuseOthers();
        ProviderSyntax provider = ProviderReader.read(spec.mapping("provider"));
        spec.refuseOthers();
        return new MeshIdentityResource(
                document.metadata(), document.metadata().name().span(), matchLabels, trustDomain, path, provider);
    }

    /** The text of a template, its mistakes reported: whoever has to evaluate it parses it again. */
    private static @Nullable SourceText template(Fields fields, String name) {
        SourceText text = fields.text(name);
        if (text != null) {
            DiagnosticSink found = new DiagnosticSink();
            SpiffeTemplateParser.parse(text, found);
            fields.report(name, found);
        }
        return text;
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
