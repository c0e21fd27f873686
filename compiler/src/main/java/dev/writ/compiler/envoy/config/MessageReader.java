package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlNode.Entry;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML or JSON tree into a message, by the rules of protobuf's JSON; a field that the message does not have is refused. The
 * places it writes down are those that decoders speak of: names of fields as in the {@code .proto}, and what is inside an {@code Any}
 * stands in for it ({@code filters[0].rules}, not {@code filters[0].typed_config.rules}).
 */
final class MessageReader {
    private static final String TYPE = "@type";

    private final Decoding decoding;
    private final ScalarReader scalars;

    MessageReader(Decoding decoding) {
        this.decoding = decoding;
        this.scalars = new ScalarReader(decoding);
    }

    /** Empty if the tree is no mapping; what is wrong inside is refused, and left out. */
    <T extends Message> Optional<T> read(YamlNode node, T prototype, String place) {
        decoding.places().put(place, node.span());
        if (!(node instanceof Mapping mapping)) {
            decoding.refuse(place, "not a mapping");
            return Optional.empty();
        }
        Message.Builder builder = prototype.newBuilderForType();
        fields(mapping, builder, place);
        @SuppressWarnings("unchecked") // A message's builder builds its own type.
        T message = (T) builder.buildPartial();
        return Optional.of(message);
    }

    private void fields(Mapping mapping, Message.Builder builder, String place) {
        Descriptor type = builder.getDescriptorForType();
        for (Entry entry : mapping.entries()) {
            String name = entry.key().value();
            if (name.equals(TYPE)) {
                continue;
            }
            FieldDescriptor field = field(type, name);
            if (field == null && name.matches("keep_matching|keepMatching")) {
                keepMatching(entry, place);
            } else if (field == null) {
                String at = place + "." + name;
                decoding.places().put(at, entry.key().span());
                List<String> known =
                        type.getFields().stream().map(FieldDescriptor::getName).toList();
                decoding.refuse(
                        at,
                        "`" + type.getName() + "` has no field `" + name + "`",
                        NearName.help(name, known).orElse(null));
            } else if (!isNull(entry.value())) {
                String at = place + "." + field.getName();
                decoding.places().putKey(at, entry.key().span(), entry.value().span());
                field(entry.value(), builder, field, at);
            }
        }
    }

    /** A field of newer Envoys than the message's Java class; RBAC takes it only where it says what goes without saying. */
    private void keepMatching(Entry entry, String place) {
        if (!(entry.value() instanceof Scalar scalar) || !scalar.value().equals("false")) {
            decoding.places().put(place + ".keep_matching", entry.key().span());
            decoding.refuse(
                    place + ".keep_matching",
                    place.contains("filter_chain_matcher")
                            ? "Envoy crashes where a match with `keep_matching` is to choose a filter chain"
                            : "RBAC does not take `keep_matching`");
        }
    }

    private static @Nullable FieldDescriptor field(Descriptor type, String name) {
        FieldDescriptor field = type.findFieldByName(name);
        return field != null
                ? field
                : type.getFields().stream()
                        .filter(other -> other.getJsonName().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.type() == ScalarType.NULL;
    }

    private void field(YamlNode node, Message.Builder builder, FieldDescriptor field, String place) {
        if (field.isMapField()) {
            map(node, builder, field, place);
        } else if (field.isRepeated()) {
            list(node, builder, field, place);
        } else {
            if (field.getContainingOneof() != null && builder.hasOneof(field.getContainingOneof())) {
                FieldDescriptor first = builder.getOneofFieldDescriptor(field.getContainingOneof());
                decoding.refuse(place, "`" + field.getName() + "` and `" + first.getName() + "` exclude each other");
            }
            value(node, builder, field, place).ifPresent(value -> builder.setField(field, value));
        }
    }

    private void list(YamlNode node, Message.Builder builder, FieldDescriptor field, String place) {
        if (!(node instanceof Sequence sequence)) {
            decoding.refuse(place, "must be a list");
            return;
        }
        int index = 0;
        for (YamlNode item : sequence.items()) {
            String at = place + "[" + index++ + "]";
            decoding.places().put(at, item.span());
            value(item, builder, field, at).ifPresent(value -> builder.addRepeatedField(field, value));
        }
    }

    private void map(YamlNode node, Message.Builder builder, FieldDescriptor field, String place) {
        if (!(node instanceof Mapping mapping)) {
            decoding.refuse(place, "must be a mapping");
            return;
        }
        FieldDescriptor keyField = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
        for (Entry entry : mapping.entries()) {
            String at = place + "[`" + entry.key().value() + "`]";
            decoding.places().putKey(at, entry.key().span(), entry.value().span());
            Message.Builder pair = builder.newBuilderForField(field);
            Optional<Object> key = scalars.key(entry.key(), keyField, at);
            Optional<Object> value = value(entry.value(), pair, valueField, at);
            if (key.isPresent() && value.isPresent()) {
                builder.addRepeatedField(
                        field,
                        pair.setField(keyField, key.get())
                                .setField(valueField, value.get())
                                .build());
            }
        }
    }

    private Optional<Object> value(YamlNode node, Message.Builder builder, FieldDescriptor field, String place) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return scalars.read(node, field, place);
        }
        Message.Builder inner = builder.newBuilderForField(field);
        return message(node, inner, place);
    }

    private Optional<Object> message(YamlNode node, Message.Builder inner, String place) {
        Optional<Optional<Object>> wellKnown = scalars.wellKnown(node, inner, place);
        if (wellKnown.isPresent()) {
            return wellKnown.get();
        }
        if (!(node instanceof Mapping mapping)) {
            decoding.refuse(place, "must be a mapping");
            return Optional.empty();
        }
        if (inner.getDescriptorForType()
                .getFullName()
                .equals(Any.getDescriptor().getFullName())) {
            return any(mapping, place);
        }
        fields(mapping, inner, place);
        return Optional.of(inner.buildPartial());
    }

    private Optional<Object> any(Mapping mapping, String place) {
        Optional<String> url = mapping.entries().stream()
                .filter(entry -> entry.key().value().equals(TYPE) && entry.value() instanceof Scalar)
                .map(entry -> ((Scalar) entry.value()).value())
                .findFirst();
        if (url.isEmpty()) {
            decoding.refuse(place, "needs `@type`");
            return Optional.empty();
        }
        String type = url.get().substring(url.get().lastIndexOf('/') + 1);
        Optional<Message> prototype = KnownTypes.prototype(type);
        if (prototype.isEmpty()) {
            return Optional.of(Any.newBuilder().setTypeUrl(url.get()).build());
        }
        String at = place.replaceFirst("\\.[a-z_]+$", "");
        Message.Builder builder = prototype.get().newBuilderForType();
        List<Entry> entries = new ArrayList<>(mapping.entries());
        fields(new Mapping(entries, mapping.span()), builder, at);
        return Optional.of(Any.pack(builder.buildPartial()));
    }
}
