package dev.writ.runtime.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.syntax.Metadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The MeshTrust that the control plane makes for a MeshIdentity, as {@code kubectl get -o yaml} shows it. */
final class MeshTrustDocument {
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    private MeshTrustDocument() {}

    /** @param identity the MeshIdentity it is made for: it lends its name, and is the origin */
    static String render(Mesh mesh, MeshTrust trust, MeshIdentity identity, List<String> bundles) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "kuma.io/v1alpha1");
        document.put("kind", "MeshTrust");
        document.put("metadata", metadata(mesh, identity));
        document.put("spec", spec(trust, identity, bundles));
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings are always written", e);
        }
    }

    private static Map<String, Object> metadata(Mesh mesh, MeshIdentity identity) {
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("kuma.io/env", "kubernetes");
        labels.put("kuma.io/mesh", mesh.name());
        labels.put("kuma.io/origin", "zone");
        labels.put("kuma.io/zone", mesh.zone());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("labels", labels);
        fields.put("name", identity.name());
        Metadata of = identity.resource().metadata();
        if (of.namespace() != null) {
            fields.put("namespace", of.namespace().value());
        }
        return fields;
    }

    private static Map<String, Object> spec(MeshTrust trust, MeshIdentity identity, List<String> bundles) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("caBundles", bundles.stream().map(MeshTrustDocument::bundle).toList());
        spec.put("origin", Map.of("kri", identity.kri()));
        spec.put("trustDomain", trust.trustDomain());
        return spec;
    }

    private static Map<String, Object> bundle(String pem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pem", Map.of("value", pem));
        fields.put("type", "Pem");
        return fields;
    }
}
