package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kuma's universal form, in which {@code kumactl} and Kuma's API speak: {@code type}, {@code mesh}, {@code name} and {@code
 * labels} at the top, with the specification under {@code spec}, or beside them in the kinds that are older than policies.
 */
final class UniversalForm {
    /** The kinds that protobuf describes ({@code api/mesh/v1alpha1}, {@code api/system/v1alpha1}). */
    private static final List<String> FLAT = List.of("Mesh", "Dataplane", "Secret");

    private static final String[] OF_THE_API = {"creationTime", "modificationTime", "kri", "status"};

    private UniversalForm() {}

    static boolean isIn(Fields fields) {
        if (!(fields.any("type") instanceof Scalar type) || type.type() != YamlNode.ScalarType.STRING) {
            return false;
        }
        // Many a YAML file has a `type`: one that is no name of Kuma's needs more to be a resource.
        return Kinds.isModelledByKuma(type.value())
                || fields.any("name") != null && (Kinds.isKuma(type.value()) || fields.any("mesh") != null);
    }

    static boolean isFlat(String type) {
        return FLAT.contains(type);
    }

    /** What is done with a document of this type; one that is probably misspelt is reported, and passed over. */
    static Kinds.Treatment treatment(Located<String> type, DiagnosticSink sink) {
        if (type.value().equals("Secret")) {
            return Kinds.Treatment.MODELLED;
        }
        Kinds.Treatment treatment = Kinds.treatment(Kinds.KUMA, type.value());
        Optional<String> near =
                treatment == Kinds.Treatment.MODELLED ? Optional.empty() : Kinds.near(Kinds.KUMA, type.value());
        if (treatment != Kinds.Treatment.MODELLED) {
            sink.offer(type.span(), Kinds.modelled(Kinds.KUMA));
        }
        if (near.isPresent()) {
            sink.add(Diagnostic.of(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    type.span(),
                    "unknown type `" + type.value() + "`",
                    "did you mean `" + near.get() + "`?"));
            return Kinds.Treatment.IGNORED;
        }
        return treatment;
    }

    /** The metadata; null, with a finding, where there is no name. */
    static @Nullable Metadata readMetadata(Fields fields) {
        fields.require("name");
        Located<String> name = fields.name("name");
        Located<String> mesh = fields.name("mesh");
        fields.name("type");
        fields.pass(OF_THE_API);
        var labels = Objects.requireNonNullElse(
                fields.texts("labels"), Map.<String, dev.writ.compiler.source.SourceText>of());
        if (name == null) {
            return null;
        }
        if (name.value().isEmpty()) {
            fields.refuse(DiagnosticId.SCHEMA_INVALID_VALUE, "name", name.span(), "a name is not empty", null);
        }
        return new Metadata(name, null, mesh, Metadata.Form.UNIVERSAL, labels, Map.of(), List.of(), null);
    }
}
