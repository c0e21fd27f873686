package dev.writ.compiler.envoy.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.stream.Collectors;

/** Writes a tree as JSON. */
final class PlainJson {
    private PlainJson() {}

    static String of(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> scalar(scalar);
            case Sequence sequence ->
                sequence.items().stream().map(PlainJson::of).collect(Collectors.joining(",", "[", "]"));
            case Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> quoted(entry.key().value()) + ":" + of(entry.value()))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private static String scalar(Scalar scalar) {
        boolean plain =
                scalar.type() != ScalarType.STRING && !scalar.value().matches("[+.].*|0[xo].*|.*[a-zA-Z]{3,}.*");
        boolean word = scalar.type() == ScalarType.BOOLEAN;
        if (scalar.type() == ScalarType.NULL) {
            return "null";
        }
        return plain || word ? scalar.value().toLowerCase(java.util.Locale.ROOT) : quoted(scalar.value());
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
