package dev.writ.compiler.envoy.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.pgv.validate.Validate;
import java.math.BigDecimal;
import java.util.Optional;

/** The bounds of numbers: the rules of all numeric types have fields of the same names. */
final class NumberRules {
    private NumberRules() {}

    /** What is wrong with a number, if anything is. */
    static Optional<String> fault(Number number, Validate.FieldRules rules) {
        FieldDescriptor kind = rules.getTypeCase() == Validate.FieldRules.TypeCase.TYPE_NOT_SET
                ? null
                : Validate.FieldRules.getDescriptor()
                        .findFieldByNumber(rules.getTypeCase().getNumber());
        if (kind == null || !(rules.getField(kind) instanceof Message bounds)) {
            return Optional.empty();
        }
        BigDecimal value = decimal(number);
        if (breaks(bounds, "lt", value, 0) || breaks(bounds, "lte", value, 1)) {
            return Optional.of("must be "
                    + (bounds.hasField(field(bounds, "lt"))
                            ? "below " + bound(bounds, "lt")
                            : "at most " + bound(bounds, "lte")));
        }
        if (breaks(bounds, "gt", value, 0) || breaks(bounds, "gte", value, -1)) {
            return Optional.of("must be "
                    + (bounds.hasField(field(bounds, "gt"))
                            ? "above " + bound(bounds, "gt")
                            : "at least " + bound(bounds, "gte")));
        }
        return Optional.empty();
    }

    /** @param least what the comparison with an upper bound must stay below; with a lower one, above */
    private static boolean breaks(Message bounds, String name, BigDecimal value, int least) {
        FieldDescriptor field = bounds.getDescriptorForType().findFieldByName(name);
        if (field == null || !bounds.hasField(field)) {
            return false;
        }
        int compared = value.compareTo(decimal((Number) bounds.getField(field)));
        return name.startsWith("l") ? compared >= least : compared <= least;
    }

    private static FieldDescriptor field(Message bounds, String name) {
        return bounds.getDescriptorForType().findFieldByName(name);
    }

    private static String bound(Message bounds, String name) {
        return decimal((Number) bounds.getField(field(bounds, name))).toPlainString();
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            return Double.isFinite(value) ? BigDecimal.valueOf(value) : BigDecimal.valueOf(Double.MAX_VALUE);
        }
        return BigDecimal.valueOf(number.longValue());
    }
}
