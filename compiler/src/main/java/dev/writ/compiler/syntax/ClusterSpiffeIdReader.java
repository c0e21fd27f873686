package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.ClusterSpiffeIdResource;
import dev.writ.compiler.syntax.Resource.LabelSelectorSyntax;
import dev.writ.compiler.syntax.Resource.LabelSelectorSyntax.Requirement;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code ClusterSPIFFEID} of the SPIRE controller manager ({@code api/v1alpha1/clusterspiffeid_types.go}). */
final class ClusterSpiffeIdReader {
    private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

    private ClusterSpiffeIdReader() {}

    static @Nullable Resource read(Document document) {
        Fields spec = document.requiredSpec();
        spec.require("spiffeIDTemplate");
        SourceText template = spec.text("spiffeIDTemplate");
        if (template != null && template.value().isEmpty()) {
            spec.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    "spiffeIDTemplate",
                    template.span(),
                    "an empty SPIFFE ID template",
                    null);
            template = null;
        }
        LabelSelectorSyntax pods = selector(spec.mapping("podSelector"));
        LabelSelectorSyntax namespaces = selector(spec.mapping("namespaceSelector"));
        List<SourceText> workloads = texts(spec, "workloadSelectorTemplates");
        // Lifetimes, names for TLS servers, federation: nothing that decides which SPIFFE ID a pod gets.
        spec.pass(
                "ttl",
                "jwtTtl",
                "dnsNameTemplates",
                "federatesWith",
                "admin",
                "downstream",
                "autoPopulateDNSNames",
                "className",
                "fallback",
                "hint");
        spec.refuseOthers();
        return template == null
                ? null
                : new ClusterSpiffeIdResource(
                        document.metadata(), document.metadata().name().span(), template, pods, namespaces, workloads);
    }

    private static @Nullable LabelSelectorSyntax selector(Fields fields) {
        Map<String, SourceText> labels = fields.texts("matchLabels");
        List<Requirement> requirements = fields.mappings("matchExpressions").stream()
                .map(ClusterSpiffeIdReader::requirement)
                .filter(Objects::nonNull)
                .toList();
        fields.refuseOthers();
        return fields.isPresent()
                ? new LabelSelectorSyntax(DataplaneReader.strings(labels), requirements, fields.span())
                : null;
    }

    private static @Nullable Requirement requirement(Fields fields) {
        fields.require("key");
        fields.require("operator");
        String key = fields.string("key");
        Located<String> operator = fields.oneOf("operator", OPERATORS);
        List<String> values =
                texts(fields, "values").stream().map(SourceText::value).toList();
        fields.refuseOthers();
        return key == null || operator == null ? null : new Requirement(key, operator.value(), values);
    }

    private static List<SourceText> texts(Fields fields, String name) {
        List<SourceText> texts = new ArrayList<>();
        List<YamlNode> items = fields.items(name);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Scalar scalar && scalar.type() == YamlNode.ScalarType.STRING) {
                texts.add(scalar.text());
            } else {
                FieldPath item = fields.path().field(name).item(i);
                ScalarChecks.wrongType(items.get(i), item, "a text", fields.sink());
            }
        }
        return texts;
    }
}
