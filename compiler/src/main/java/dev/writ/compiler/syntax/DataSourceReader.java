package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code SecureDataSource} and refuses what Kuma refuses ({@code api/common/v1alpha1/datasource/datasource.go}). The
 * type {@code Inline} is the one that the documentation names; the control plane calls it {@code InsecureInline}.
 */
final class DataSourceReader {
    private static final List<String> TYPES = List.of("File", "Secret", "EnvVar", "InsecureInline", "Inline");

    private DataSourceReader() {}

    /** The source in the field; null, with a finding, where there is none. */
    static @Nullable DataSource read(Fields parent, String field) {
        Fields source = parent.mapping(field);
        if (parent.any(field) == null) {
            parent.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    field,
                    parent.keySpan(field),
                    "`" + parent.path().field(field) + "` is missing",
                    null);
        }
        source.require("type");
        Located<String> type = source.oneOf("type", TYPES);
        DataSource read = type == null ? null : read(source, type);
        source.pass("file", "secretRef", "envVar", "insecureInline", "inline");
        source.refuseOthers();
        return read;
    }

    private static @Nullable DataSource read(Fields source, Located<String> type) {
        return switch (type.value()) {
            case "File" -> {
                SourceText path = text(source, "file", "path");
                yield path == null ? null : new DataSource.File(path, source.span());
            }
            case "Secret" -> {
                SourceText name = text(source, "secretRef", "name");
                yield name == null ? null : new DataSource.Secret(name, source.span());
            }
            case "EnvVar" -> {
                SourceText name = text(source, "envVar", "name");
                yield name == null ? null : new DataSource.EnvVar(name, source.span());
            }
            case "InsecureInline" -> inline(source, "insecureInline");
            case "Inline" -> inline(source, "inline");
            default -> throw new IllegalStateException("no reader for a data source of type " + type.value());
        };
    }

    private static @Nullable DataSource inline(Fields source, String of) {
        SourceText value = text(source, of, "value");
        return value == null ? null : new DataSource.Inline(value, source.span());
    }

    private static @Nullable SourceText text(Fields source, String of, String name) {
        Fields fields = source.requiredMapping(of);
        fields.require(name);
        SourceText text = fields.text(name);
        if (of.equals("secretRef")) {
            fields.require("kind");
            fields.oneOf("kind", List.of("Secret"));
        }
        fields.refuseOthers();
        if (text != null && text.value().isEmpty()) {
            fields.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    name,
                    text.span(),
                    "`" + fields.path().field(name) + "` is empty",
                    null);
            return null;
        }
        return text;
    }
}
