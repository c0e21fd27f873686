package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode.Entry;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one mapping, taken one by one by a reader that knows the kind's schema. What nobody asked for is unknown:
 * {@link #refuseOthers} says so. A field that is {@code null} counts as absent, as in the Kubernetes API. A value of a
 * wrong type is reported and then counts as absent too, so that it is reported once.
 */
final class Fields {
    private final @Nullable Mapping mapping;
    private final SourceSpan span;
    private final FieldPath path;
    private final DiagnosticSink sink;
    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> passed = new LinkedHashSet<>();

    /** @param mapping null for a mapping that is not there: none of its fields are, and none is missed */
    private Fields(@Nullable Mapping mapping, SourceSpan span, FieldPath path, DiagnosticSink sink) {
        this.mapping = mapping;
        this.span = span;
        this.path = path;
        this.sink = sink;
    }

    static Fields of(Mapping mapping, FieldPath path, DiagnosticSink sink) {
        SourceSpan head = mapping.entries().isEmpty()
                ? mapping.span()
                : mapping.entries().getFirst().key().span();
        return new Fields(mapping, head, path, sink);
    }

    /** A whole document, whose findings about what is missing underline {@code head}. */
    static Fields document(Mapping mapping, SourceSpan head, DiagnosticSink sink) {
        return new Fields(mapping, head, FieldPath.ROOT, sink);
    }

    boolean isPresent() {
        return mapping != null;
    }

    /** The mapping itself; an empty one where it is not there. */
    Mapping mapping() {
        return mapping == null ? new Mapping(List.of(), span) : mapping;
    }

    /** What to underline when something is missing in here: the key that leads here, or the first one inside. */
    SourceSpan span() {
        return span;
    }

    FieldPath path() {
        return path;
    }

    DiagnosticSink sink() {
        return sink;
    }

    /** A value of any type; null where the field is absent. */
    @Nullable
    YamlNode any(String name) {
        read.add(name);
        Entry entry = find(name);
        return entry == null || isNull(entry.value()) ? null : entry.value();
    }

    /** The key of a field, or what leads here where the field is absent. */
    SourceSpan keySpan(String name) {
        Entry entry = find(name);
        return entry == null ? span : entry.key().span();
    }

    @Nullable
    SourceText text(String name) {
        Scalar scalar = scalar(name, ScalarType.STRING);
        return scalar == null ? null : scalar.text();
    }

    @Nullable
    Located<String> name(String name) {
        SourceText text = text(name);
        return text == null ? null : new Located<>(text.value(), text.span());
    }

    /** The text of a field that is known to be one. */
    Located<String> requiredName(String name) {
        return Objects.requireNonNull(name(name));
    }

    @Nullable
    String string(String name) {
        SourceText text = text(name);
        return text == null ? null : text.value();
    }

    boolean flag(String name, boolean absent) {
        Scalar scalar = scalar(name, ScalarType.BOOLEAN);
        return scalar == null ? absent : scalar.value().equalsIgnoreCase("true");
    }

    /** A port number; null where it is absent or none. */
    @Nullable
    Integer port(String name) {
        Scalar scalar = scalar(name, ScalarType.INTEGER);
        return scalar == null ? null : ScalarChecks.port(scalar, path.field(name), sink);
    }

    /** A whole number; null where it is absent, none, or out of all bounds. */
    @Nullable
    Integer whole(String name) {
        Scalar scalar = scalar(name, ScalarType.INTEGER);
        return scalar == null ? null : ScalarChecks.whole(scalar, path.field(name), sink);
    }

    /** One of the values; null where it is absent or another. */
    @Nullable
    Located<String> oneOf(String name, List<String> values) {
        SourceText text = text(name);
        return text == null ? null : ScalarChecks.oneOf(text, values, path.field(name), sink);
    }

    /** The fields of a mapping; of one that is not there, none. */
    Fields mapping(String name) {
        YamlNode value = any(name);
        FieldPath below = path.field(name);
        if (value instanceof Mapping found) {
            return new Fields(found, keySpan(name), below, sink);
        }
        if (value != null) {
            wrongType(value, below, "a mapping");
        }
        return new Fields(null, keySpan(name), below, sink);
    }

    Fields requiredMapping(String name) {
        require(name);
        return mapping(name);
    }

    /** The items of a list; of one that is not there, none. */
    List<YamlNode> items(String name) {
        YamlNode value = any(name);
        if (value instanceof Sequence sequence) {
            return sequence.items();
        }
        if (value != null) {
            wrongType(value, path.field(name), "a list");
        }
        return List.of();
    }

    /** The items of a list that are mappings; others are reported. */
    List<Fields> mappings(String name) {
        List<Fields> mappings = new ArrayList<>();
        List<YamlNode> items = items(name);
        for (int i = 0; i < items.size(); i++) {
            FieldPath item = path.field(name).item(i);
            if (items.get(i) instanceof Mapping found) {
                mappings.add(of(found, item, sink));
            } else {
                wrongType(items.get(i), item, "a mapping");
            }
        }
        return mappings;
    }

    /** A mapping of texts, such as labels; null where it is absent. */
    @Nullable
    Map<String, SourceText> texts(String name) {
        Fields fields = mapping(name);
        if (fields.mapping == null) {
            return null;
        }
        Map<String, SourceText> texts = new LinkedHashMap<>();
        for (Entry entry : fields.mapping.entries()) {
            SourceText text = fields.text(entry.key().value());
            if (text != null) {
                texts.put(entry.key().value(), text);
            }
        }
        return texts;
    }

    /** Reports a field that is not there. */
    void require(String name) {
        if (mapping != null && any(name) == null) {
            refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    name,
                    keySpan(name),
                    "`" + path.field(name) + "` is missing",
                    null);
        }
    }

    /** Fields of the schema that nothing here depends on. */
    void pass(String... names) {
        passed.addAll(List.of(names));
    }

    /** Reports a field of the schema that this version does not model, if it is there. */
    void unsupported(String name, String message, String help) {
        if (any(name) != null) {
            refuse(DiagnosticId.SCHEMA_UNSUPPORTED, name, keySpan(name), message, help);
        }
    }

    /** Reports what is wrong with a field; {@code span} is what to underline of it. */
    void refuse(DiagnosticId id, String name, SourceSpan span, String message, @Nullable String help) {
        refuse(id, path.field(name), span, message, help);
    }

    /** Reports what is wrong with the whole of this. */
    void refuse(DiagnosticId id, SourceSpan place, String message, @Nullable String help) {
        refuse(id, path, place, message, help);
    }

    private void refuse(DiagnosticId id, FieldPath where, SourceSpan place, String message, @Nullable String help) {
        sink.add(Diagnostic.of(id, place, message, help).at(where.asInKuma()));
    }

    /** Passes on what was found in the text of a field. */
    void report(String name, DiagnosticSink found) {
        found.sorted()
                .forEach(diagnostic -> sink.add(diagnostic.at(path.field(name).asInKuma())));
    }

    /** The same fields, in a place that Kuma's validation does not name by its last step. */
    Fields unnamed() {
        return new Fields(mapping, span, path.unnamed(), sink);
    }

    /** Whether there are fields that nobody asked for so far. */
    boolean hasOthers() {
        return !others().isEmpty();
    }

    /** Reports every field that the schema does not have. */
    void refuseOthers() {
        for (String name : others()) {
            Set<String> known = new LinkedHashSet<>(read);
            known.addAll(passed);
            String help = NearName.help(name, known).orElse("its fields are " + ScalarChecks.list(known));
            sink.offer(keySpan(name), known);
            unknown(name, help);
        }
    }

    /** Where the schema is not ours to check: reports only what is nearly the name of a field that was asked for. */
    void refuseMisspelt() {
        for (String name : others()) {
            sink.offer(keySpan(name), read);
            NearName.help(name, read).ifPresent(help -> unknown(name, help));
        }
    }

    private void unknown(String name, String help) {
        refuse(
                DiagnosticId.SCHEMA_UNKNOWN_FIELD,
                name,
                keySpan(name),
                "unknown field `" + name + "`" + (path.isRoot() ? "" : " in `" + path + "`"),
                help);
    }

    private List<String> others() {
        if (mapping == null) {
            return List.of();
        }
        return mapping.entries().stream()
                .map(entry -> entry.key().value())
                .filter(name -> !read.contains(name) && !passed.contains(name))
                .toList();
    }

    private @Nullable Scalar scalar(String name, ScalarType type) {
        YamlNode value = any(name);
        if (value == null || value instanceof Scalar scalar && scalar.type() == type) {
            return (Scalar) value;
        }
        wrongType(value, path.field(name), ScalarChecks.describe(type));
        return null;
    }

    private void wrongType(YamlNode value, FieldPath where, String wanted) {
        ScalarChecks.wrongType(value, where, wanted, sink);
    }

    private @Nullable Entry find(String name) {
        if (mapping != null) {
            for (Entry entry : mapping.entries()) {
                if (entry.key().value().equals(name)) {
                    return entry;
                }
            }
        }
        return null;
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.type() == ScalarType.NULL;
    }
}
