package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a single value must be, and how it is said that it is not. */
final class ScalarChecks {
    private ScalarChecks() {}

    static void wrongType(YamlNode value, FieldPath where, String wanted, DiagnosticSink sink) {
        String what = switch (value) {
            case Scalar scalar -> describe(scalar.type());
            case Sequence sequence -> "a list";
            case Mapping mapping -> "a mapping";
        };
        boolean quotable = value instanceof Scalar scalar
                && scalar.type() != ScalarType.STRING
                && wanted.equals(describe(ScalarType.STRING));
        sink.add(Diagnostic.of(
                        DiagnosticId.SCHEMA_WRONG_TYPE,
                        value.span(),
                        (where.isRoot() ? "" : "`" + where + "` is ") + what + ", not " + wanted,
                        quotable ? "put it in quotes: \"" + ((Scalar) value).value() + "\"" : null)
                .at(where.asInKuma()));
    }

    static String describe(ScalarType type) {
        return switch (type) {
            case STRING -> "a text";
            case INTEGER -> "a whole number";
            case FLOAT -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "nothing";
        };
    }

    static @Nullable Integer port(Scalar scalar, FieldPath where, DiagnosticSink sink) {
        String digits = scalar.value();
        if (digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        sink.add(Diagnostic.of(DiagnosticId.SCHEMA_INVALID_VALUE, scalar.span(), "a port is a number from 1 to 65535")
                .at(where.asInKuma()));
        return null;
    }

    static @Nullable Integer whole(Scalar scalar, FieldPath where, DiagnosticSink sink) {
        String digits = scalar.value();
        if (digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Integer.parseInt(digits);
        }
        sink.add(Diagnostic.of(DiagnosticId.SCHEMA_INVALID_VALUE, scalar.span(), "a number out of all bounds")
                .at(where.asInKuma()));
        return null;
    }

    static @Nullable Located<String> oneOf(SourceText text, List<String> values, FieldPath where, DiagnosticSink sink) {
        if (values.contains(text.value())) {
            return new Located<>(text.value(), text.span());
        }
        sink.offer(text.span(), values);
        String help = NearName.help(text.value(), values).orElse("it is one of " + list(values));
        sink.add(Diagnostic.of(
                        DiagnosticId.SCHEMA_INVALID_VALUE, text.span(), "unknown value `" + text.value() + "`", help)
                .at(where.asInKuma()));
        return null;
    }

    /** For example {@code `a`, `b`}. */
    static String list(Collection<String> values) {
        return values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }
}
