package dev.writ.compiler.envoy.config;

import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One decoding in progress: what was refused so far, and the rules that every message is held to. */
final class Decoding {
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<OpenPlace> open = new ArrayList<>();
    private final List<AnyConfig.BundleFile> bundleFiles = new ArrayList<>();
    private final Places places = new Places();
    private final FieldRules rules = new FieldRules(this);

    List<Refusal> refusals() {
        return refusals;
    }

    /** The same, each in one line that starts with the place. */
    List<String> refusalTexts() {
        return refusals.stream()
                .map(refusal -> refusal.place() + ": " + refusal.reason())
                .toList();
    }

    Places places() {
        return places;
    }

    /** Notes that Envoy refuses this place; the node stands in for what cannot be read. */
    Unmodelled refuse(String place, String reason) {
        return refuse(place, reason, null);
    }

    /** @param help what was probably meant; null if nobody knows */
    Unmodelled refuse(String place, String reason, @Nullable String help) {
        refusals.add(new Refusal(place, reason, help, places.find(place).orElse(null)));
        return new Unmodelled(reason);
    }

    List<OpenPlace> open() {
        return open;
    }

    /** Notes that Envoy takes this place, and that verdicts which depend on it are unknown. */
    Unmodelled unmodelled(String place, String reason) {
        open.add(new OpenPlace(place, reason));
        return new Unmodelled(reason);
    }

    List<AnyConfig.BundleFile> bundleFiles() {
        return bundleFiles;
    }

    /** Notes the name of a file with the bundles of trust domains. */
    void readsBundles(String place, boolean watched) {
        bundleFiles.add(new AnyConfig.BundleFile(place, watched));
    }

    Unmodelled notModelled(String what, TypedExtensionConfig extension, String place) {
        return notModelled(what, extension.getName(), extension.getTypedConfig(), place);
    }

    Unmodelled notModelled(String what, String name, Any config, String place) {
        return unmodelled(place, what + " `" + name + "` (" + typeName(config) + ") is not modelled");
    }

    /** The message inside an {@code Any} that is of this type; its fields must all be known. */
    <T extends Message> Optional<T> unpack(Any any, Class<T> type, String place) {
        try {
            T message = any.unpack(type);
            requireKnown(message, place);
            rules.check(message, place);
            return Optional.of(message);
        } catch (InvalidProtocolBufferException e) {
            refuse(place, "`" + typeName(any) + "` where " + type.getSimpleName() + " should be, or broken");
            return Optional.empty();
        }
    }

    /** Refuses what breaks the rules of Envoy's API, in the message itself. */
    void requireRules(Message message, String place) {
        rules.check(message, place);
    }

    /** What is set beyond the fields whose meaning is modelled, or which mean nothing to a decision. */
    Optional<Unmodelled> beyond(Message message, Set<String> known, String place) {
        return beyond(message, known).map(beyond -> unmodelled(place, beyond.reason()));
    }

    /** The same where it may not matter to any decision. */
    static Optional<Unmodelled> beyond(Message message, Set<String> known) {
        String names = message.getAllFields().keySet().stream()
                .map(FieldDescriptor::getName)
                .filter(name -> !known.contains(name))
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Unmodelled(
                        names + " of " + message.getDescriptorForType().getName() + " is not modelled"));
    }

    /** Refuses fields that the message's type does not have, at any depth (an {@code Any} is seen to where it is unpacked). */
    void requireKnown(Message message, String place) {
        message.getUnknownFields().asMap().keySet().forEach(number -> {
            String type = message.getDescriptorForType().getFullName();
            refuse(place, "unknown field " + number + " in " + type);
        });
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
                values.forEach(inner -> requireKnown((Message) inner, place));
            }
        });
    }

    /** The full name of the type inside an {@code Any}, or of that which a {@link TypedStruct} in it spells. */
    static String typeName(Any any) {
        String url = any.getTypeUrl();
        if (any.is(TypedStruct.class)) {
            try {
                url = any.unpack(TypedStruct.class).getTypeUrl();
            } catch (InvalidProtocolBufferException e) {
                // The outer name must do.
                url = any.getTypeUrl();
            }
        }
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
