package dev.writ.compiler.envoy.config;

import com.google.common.primitives.UnsignedInteger;
import com.google.common.primitives.UnsignedLong;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import java.math.BigDecimal;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the values of fields that are no messages, and the messages that protobuf's JSON writes as such values. */
final class ScalarReader {
    private final Decoding decoding;

    ScalarReader(Decoding decoding) {
        this.decoding = decoding;
    }

    /** The key of a map: a text whatever the type. */
    Optional<Object> key(Scalar node, FieldDescriptor field, String place) {
        return field.getJavaType() == FieldDescriptor.JavaType.STRING
                ? Optional.of(node.value())
                : read(node, field, place);
    }

    Optional<Object> read(YamlNode node, FieldDescriptor field, String place) {
        if (!(node instanceof Scalar scalar)) {
            return refused(place, "must be " + name(field));
        }
        try {
            return switch (field.getJavaType()) {
                case STRING -> text(scalar, place);
                case BOOLEAN -> truth(scalar, place);
                case INT -> Optional.of(integer(scalar, isUnsigned(field)));
                case LONG -> Optional.of(bigInteger(scalar, isUnsigned(field)));
                case FLOAT -> Optional.of((float) Double.parseDouble(scalar.value()));
                case DOUBLE -> Optional.of(Double.parseDouble(scalar.value()));
                case ENUM -> enumeration(scalar, field, place);
                case BYTE_STRING -> Optional.of(ByteString.copyFrom(bytes(scalar.value())));
                case MESSAGE -> throw new IllegalStateException("a message is no scalar");
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            return refused(place, "must be " + name(field));
        }
    }

    private Optional<Object> text(Scalar scalar, String place) {
        return scalar.type() == ScalarType.STRING
                ? Optional.of(scalar.value())
                : refused(place, "must be a string: put it in quotes");
    }

    private Optional<Object> truth(Scalar scalar, String place) {
        return scalar.type() == ScalarType.BOOLEAN
                        || scalar.value().equals("true")
                        || scalar.value().equals("false")
                ? Optional.of(Boolean.valueOf(scalar.value().equalsIgnoreCase("true")))
                : refused(place, "must be true or false");
    }

    private static Object integer(Scalar scalar, boolean unsigned) {
        BigDecimal number = number(scalar);
        return unsigned ? UnsignedInteger.valueOf(number.toBigIntegerExact()).intValue() : number.intValueExact();
    }

    private static Object bigInteger(Scalar scalar, boolean unsigned) {
        BigDecimal number = number(scalar);
        return unsigned ? UnsignedLong.valueOf(number.toBigIntegerExact()).longValue() : number.longValueExact();
    }

    private static BigDecimal number(Scalar scalar) {
        return scalar.value().startsWith("0x")
                ? BigDecimal.valueOf(Long.decode(scalar.value()))
                : new BigDecimal(scalar.value());
    }

    private Optional<Object> enumeration(Scalar scalar, FieldDescriptor field, String place) {
        EnumValueDescriptor value = field.getEnumType().findValueByName(scalar.value());
        if (value == null && scalar.type() == ScalarType.INTEGER) {
            value = field.getEnumType().findValueByNumberCreatingIfUnknown(Integer.parseInt(scalar.value()));
        }
        if (value == null) {
            List<String> names = field.getEnumType().getValues().stream()
                    .map(EnumValueDescriptor::getName)
                    .toList();
            decoding.refuse(
                    place,
                    "must be one of " + String.join(", ", names),
                    NearName.help(scalar.value(), names).orElse(null));
        }
        return Optional.ofNullable(value);
    }

    private static byte[] bytes(String text) {
        String standard = text.replace('-', '+').replace('_', '/').replaceAll("\\s", "");
        return Base64.getDecoder().decode(standard);
    }

    private static boolean isUnsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, UINT64, FIXED32, FIXED64 -> true;
            default -> false;
        };
    }

    private static String name(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> "a string";
            case BOOLEAN -> "true or false";
            case INT, LONG -> isUnsigned(field) ? "a whole number, not negative" : "a whole number";
            case FLOAT, DOUBLE -> "a number";
            case ENUM -> "a name of " + field.getEnumType().getName();
            case BYTE_STRING -> "bytes in Base64";
            case MESSAGE -> "a mapping";
        };
    }

    /** Empty if this message is written as what it is: a mapping of its fields. */
    Optional<Optional<Object>> wellKnown(YamlNode node, Message.Builder builder, String place) {
        Descriptor type = builder.getDescriptorForType();
        if (!type.getFullName().startsWith("google.protobuf.")) {
            return Optional.empty();
        }
        return switch (type.getName()) {
            case "Struct" -> Optional.of(plain(node, place).map(ScalarReader::asStruct));
            case "Value" -> Optional.of(plain(node, place));
            case "ListValue" -> Optional.of(plain(node, place).map(ScalarReader::asList));
            case "Duration" -> Optional.of(time(node, true, place));
            case "Timestamp" -> Optional.of(time(node, false, place));
            default -> type.getName().endsWith("Value") ? Optional.of(wrapped(node, builder, place)) : Optional.empty();
        };
    }

    private Optional<Object> wrapped(YamlNode node, Message.Builder builder, String place) {
        FieldDescriptor field = builder.getDescriptorForType().findFieldByNumber(1);
        return read(node, field, place)
                .map(value -> builder.setField(field, value).build());
    }

    private Optional<Object> time(YamlNode node, boolean duration, String place) {
        String text = node instanceof Scalar scalar ? scalar.value() : "";
        try {
            return Optional.of(duration ? Durations.parse(text) : Timestamps.parse(text));
        } catch (ParseException e) {
            return refused(place, duration ? "must be seconds, as in `5s` or `0.25s`" : "must be a time (RFC 3339)");
        }
    }

    /** JSON as it is: nothing in it is a message of Envoy's. */
    private Optional<Object> plain(YamlNode node, String place) {
        try {
            Value.Builder value = Value.newBuilder();
            JsonFormat.parser().merge(PlainJson.of(node), value);
            return Optional.of(value.build());
        } catch (InvalidProtocolBufferException e) {
            return refused(place, "must be JSON");
        }
    }

    private static Object asStruct(Object value) {
        return ((Value) value).getStructValue();
    }

    private static Object asList(Object value) {
        return ((Value) value).getListValue();
    }

    private Optional<Object> refused(String place, String reason) {
        decoding.refuse(place, reason);
        return Optional.empty();
    }
}
