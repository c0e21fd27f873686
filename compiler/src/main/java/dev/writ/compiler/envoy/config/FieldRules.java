package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.Durations;
import io.envoyproxy.pgv.validate.Validate;
import io.envoyproxy.pgv.validate.Validate.DurationRules;
import io.envoyproxy.pgv.validate.Validate.EnumRules;
import io.envoyproxy.pgv.validate.Validate.FieldRules.TypeCase;
import io.envoyproxy.pgv.validate.Validate.StringRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds messages to the rules that stand in Envoy's own API ({@code validate.rules}): what must be there, how long it is, between
 * which bounds. Envoy refuses a config that breaks one. What is inside an {@code Any} is held to them where it is unpacked.
 */
final class FieldRules {
    /** What Envoy 1.40.0 no longer asks for, and the Java classes of its API still do. */
    private static final Set<String> WAIVED =
            Set.of("envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig.trust_domains");

    private final Decoding decoding;

    FieldRules(Decoding decoding) {
        this.decoding = decoding;
    }

    void check(Message message, String place) {
        if (message.getDescriptorForType().getOptions().getExtension(Validate.disabled)) {
            return;
        }
        for (OneofDescriptor oneof : message.getDescriptorForType().getOneofs()) {
            if (oneof.getOptions().getExtension(Validate.required) && !message.hasOneof(oneof)) {
                decoding.refuse(place, "needs " + alternatives(oneof));
            }
        }
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            check(message, field, place + "." + field.getName());
        }
    }

    private void check(Message message, FieldDescriptor field, String place) {
        Validate.FieldRules rules = field.getOptions().getExtension(Validate.rules);
        if (field.isMapField()) {
            map(message, field, rules.getMap(), place);
        } else if (field.isRepeated()) {
            repeated(message, field, rules.getRepeated(), place);
        } else if (field.hasPresence() && !message.hasField(field)) {
            // Of several alternatives only the one that is there can be asked for.
            if (requires(rules) && field.getContainingOneof() == null) {
                decoding.refuse(parent(place), "needs `" + field.getName() + "`");
            }
        } else {
            value(message.getField(field), rules, place);
        }
    }

    private void map(Message message, FieldDescriptor field, Validate.MapRules rules, String place) {
        if (message.getRepeatedFieldCount(field) < rules.getMinPairs()) {
            decoding.refuse(parent(place), "`" + field.getName() + "` is empty");
        }
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            MapEntry<?, ?> entry = (MapEntry<?, ?>) message.getRepeatedField(field, i);
            String at = place + "[`" + entry.getKey() + "`]";
            value(entry.getKey(), rules.getKeys(), at);
            value(entry.getValue(), rules.getValues(), at);
        }
    }

    private void repeated(Message message, FieldDescriptor field, Validate.RepeatedRules rules, String place) {
        int count = message.getRepeatedFieldCount(field);
        if (count < rules.getMinItems() && !WAIVED.contains(field.getFullName())) {
            String least = rules.getMinItems() == 1 ? "is empty" : "has fewer than " + rules.getMinItems() + " items";
            decoding.refuse(parent(place), "`" + field.getName() + "` " + least);
        }
        if (rules.hasMaxItems() && count > rules.getMaxItems()) {
            decoding.refuse(place, "more than " + rules.getMaxItems() + " items");
        }
        for (int i = 0; i < count; i++) {
            value(message.getRepeatedField(field, i), rules.getItems(), place + "[" + i + "]");
        }
    }

    private void value(Object value, Validate.FieldRules rules, String place) {
        if (rules.getMessage().getSkip()) {
            return;
        }
        if (value instanceof Message message) {
            Optional<Object> wrapped = wrapped(message);
            if (wrapped.isPresent()) {
                scalar(wrapped.get(), rules, place);
            } else if (value instanceof Duration duration) {
                duration(duration, rules.getDuration(), place);
            } else if (!(value instanceof Any)) {
                check(message, place);
            }
        } else {
            scalar(value, rules, place);
        }
    }

    private void scalar(Object value, Validate.FieldRules rules, String place) {
        if (value instanceof String text && rules.getTypeCase() == TypeCase.STRING) {
            text(text, rules.getString(), place);
        } else if (value instanceof EnumValueDescriptor number && rules.getTypeCase() == TypeCase.ENUM) {
            enumeration(number, rules.getEnum(), place);
        } else if (value instanceof Boolean truth
                && rules.getBool().hasConst()
                && truth != rules.getBool().getConst()) {
            decoding.refuse(place, "must be " + rules.getBool().getConst());
        } else if (value instanceof Number number) {
            NumberRules.fault(number, rules).ifPresent(fault -> decoding.refuse(place, fault));
        }
    }

    private void text(String text, StringRules rules, String place) {
        int length = text.codePointCount(0, text.length());
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (text.isEmpty() && (rules.getMinLen() > 0 || rules.getMinBytes() > 0)) {
            decoding.refuse(place, "is empty");
        } else if (length < rules.getMinLen() || bytes < rules.getMinBytes()) {
            decoding.refuse(place, "is too short");
        } else if (rules.hasMaxLen() && length > rules.getMaxLen()
                || rules.hasMaxBytes() && bytes > rules.getMaxBytes()) {
            decoding.refuse(place, "is too long");
        } else if (rules.getInCount() > 0 && !rules.getInList().contains(text)) {
            decoding.refuse(place, "must be one of `" + String.join("`, `", rules.getInList()) + "`");
        } else if (!rules.getPrefix().isEmpty() && !text.isEmpty() && !text.startsWith(rules.getPrefix())) {
            decoding.refuse(place, "must start with `" + rules.getPrefix() + "`");
        } else if (rules.getWellKnownRegex() != Validate.KnownRegex.UNKNOWN
                && text.chars().anyMatch(c -> c == 0 || c == '\n' || c == '\r')) {
            decoding.refuse(place, "has characters that a header cannot have");
        }
    }

    private void enumeration(EnumValueDescriptor value, EnumRules rules, String place) {
        // protobuf makes up a descriptor for a number that the enum does not have
        boolean undefined = value.getIndex() < 0;
        if (rules.getDefinedOnly() && undefined || rules.getNotInList().contains(value.getNumber())) {
            List<String> names = value.getType().getValues().stream()
                    .filter(known -> !rules.getNotInList().contains(known.getNumber()))
                    .map(EnumValueDescriptor::getName)
                    .toList();
            decoding.refuse(place, "must be one of " + String.join(", ", names));
        }
    }

    private void duration(Duration duration, DurationRules rules, String place) {
        boolean low = rules.hasGt() && Durations.compare(duration, rules.getGt()) <= 0
                || rules.hasGte() && Durations.compare(duration, rules.getGte()) < 0;
        boolean high = rules.hasLt() && Durations.compare(duration, rules.getLt()) >= 0
                || rules.hasLte() && Durations.compare(duration, rules.getLte()) > 0;
        if (low || high) {
            decoding.refuse(place, low ? "is too short" : "is too long");
        }
    }

    private static boolean requires(Validate.FieldRules rules) {
        return rules.getMessage().getRequired()
                || rules.getAny().getRequired()
                || rules.getDuration().getRequired()
                || rules.getTimestamp().getRequired();
    }

    private static Optional<Object> wrapped(MessageOrBuilder message) {
        var type = message.getDescriptorForType();
        return type.getFullName().startsWith("google.protobuf.")
                        && type.getName().endsWith("Value")
                        && type.getFields().size() == 1
                ? Optional.of(message.getField(type.getFields().get(0)))
                : Optional.empty();
    }

    private static String alternatives(OneofDescriptor oneof) {
        List<String> names = oneof.getFields().stream()
                .filter(field -> !field.getOptions().getDeprecated())
                .map(field -> "`" + field.getName() + "`")
                .toList();
        return names.size() == 1
                ? names.get(0)
                : "one of " + String.join(", ", names.subList(0, names.size() - 1)) + " or "
                        + names.get(names.size() - 1);
    }

    private static String parent(String place) {
        return place.substring(0, place.lastIndexOf('.'));
    }
}
