package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Metadata.Owner;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code metadata}. Its other fields pass, but for what looks like one of those misspelt. */
final class MetadataReader {
    private static final String[] OTHERS = {
        "generateName", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "finalizers",
        "generation", "managedFields", "resourceVersion", "selfLink", "clusterName"
    };

    private MetadataReader() {}

    /** The metadata of a resource; null, with a finding, where it has no name. */
    static @Nullable Metadata read(Fields resource) {
        Fields fields = resource.requiredMapping("metadata");
        Located<String> name = fields.any("name") == null ? generated(fields) : fields.name("name");
        if (name == null) {
            fields.require("name");
        }
        if (name != null && name.value().isEmpty()) {
            fields.sink().add(DiagnosticId.SCHEMA_INVALID_VALUE, name.span(), "a name is not empty");
        }
        return name == null ? null : read(fields, name, resource.any("mesh") == null ? null : resource.name("mesh"));
    }

    // Kubernetes adds letters and digits of its own to such a name, which nobody can know.
    private static @Nullable Located<String> generated(Fields fields) {
        Located<String> prefix = fields.name("generateName");
        String name = prefix == null ? "" : prefix.value().replaceAll("-+$", "");
        return prefix == null || name.isEmpty() ? null : new Located<>(name, prefix.span());
    }

    /** Stands in for metadata that could not be read. */
    static Metadata nameless(Located<String> kind) {
        return new Metadata(kind, null, Map.of(), Map.of(), List.of(), null);
    }

    /** The metadata of a pod template, which takes its name from what the template belongs to. */
    static Metadata readTemplate(Fields template, Located<String> name) {
        return read(template.mapping("metadata"), name, null);
    }

    private static Metadata read(Fields fields, Located<String> name, @Nullable Located<String> mesh) {
        fields.pass(OTHERS);
        fields.pass("name");
        Metadata metadata = new Metadata(
                name,
                fields.name("namespace"),
                mesh,
                Metadata.Form.KUBERNETES,
                Objects.requireNonNullElse(fields.texts("labels"), Map.of()),
                Objects.requireNonNullElse(fields.texts("annotations"), Map.of()),
                owners(fields),
                fields.string("uid"));
        fields.refuseMisspelt();
        return metadata;
    }

    private static List<Owner> owners(Fields metadata) {
        return metadata.mappings("ownerReferences").stream()
                .map(MetadataReader::owner)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Owner owner(Fields reference) {
        reference.require("kind");
        reference.require("name");
        String kind = reference.string("kind");
        String name = reference.string("name");
        return kind == null || name == null ? null : new Owner(kind, name, reference.string("uid"));
    }
}
