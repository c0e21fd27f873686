package dev.writ.runtime.judge;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlNode.Entry;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a mapping, taken one by one; what nobody takes is refused. */
final class TableFields {
    private final Mapping mapping;
    private final DiagnosticSink sink;
    private final Set<String> known = new TreeSet<>();

    TableFields(Mapping mapping, DiagnosticSink sink) {
        this.mapping = mapping;
        this.sink = sink;
    }

    SourceSpan span() {
        return mapping.entries().isEmpty()
                ? mapping.span()
                : mapping.entries().get(0).key().span();
    }

    boolean has(String name) {
        return find(name) != null;
    }

    /** Null if it is not there, or null itself. */
    @Nullable
    YamlNode take(String name) {
        YamlNode node = find(name);
        return node instanceof Scalar scalar && scalar.type() == ScalarType.NULL ? null : node;
    }

    private @Nullable YamlNode find(String name) {
        known.add(name);
        return mapping.entries().stream()
                .filter(entry -> snakeCase(entry.key().value()).equals(name))
                .map(Entry::value)
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String text(String name) {
        YamlNode node = take(name);
        if (node == null || node instanceof Scalar) {
            return node == null ? null : ((Scalar) node).value();
        }
        sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, node.span(), "`" + name + "` is a text");
        return null;
    }

    @Nullable
    Integer port(String name) {
        YamlNode node = take(name);
        if (node == null) {
            return null;
        }
        String text = node instanceof Scalar scalar ? scalar.value() : "";
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535) {
            return Integer.valueOf(text);
        }
        sink.add(DiagnosticId.SCHEMA_INVALID_VALUE, node.span(), "`" + name + "` is a port from 0 to 65535");
        return null;
    }

    /** A list of texts, or one. */
    List<String> texts(String name) {
        YamlNode node = take(name);
        if (node == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : node instanceof Sequence list ? list.items() : List.of(node)) {
            if (item instanceof Scalar scalar) {
                texts.add(scalar.value());
            } else {
                sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, item.span(), "`" + name + "` is a list of texts");
            }
        }
        return texts;
    }

    /** Both spellings that protobuf's JSON knows are taken: {@code source_ip}, {@code sourceIp}. */
    private static String snakeCase(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** Fields that say nothing to a judge. */
    void pass(String... names) {
        known.addAll(List.of(names));
    }

    void refuseOthers() {
        for (Entry entry : mapping.entries()) {
            String name = entry.key().value();
            if (!known.contains(snakeCase(name))) {
                sink.add(
                        DiagnosticId.SCHEMA_UNKNOWN_FIELD,
                        entry.key().span(),
                        "unknown field `" + name + "`",
                        NearName.help(name, known).orElse(null));
            }
        }
    }
}
