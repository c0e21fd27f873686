package dev.writ.compiler.syntax;

import dev.writ.compiler.syntax.YamlNode.ScalarType;

/**
 * What an unquoted scalar is by the core schema of YAML 1.2 (section 10.3.2), read by hand: a regular expression for
 * each scalar costs more than the rest of the reader.
 */
final class CoreSchema {
    private CoreSchema() {}

    static ScalarType typeOf(String value) {
        return switch (value) {
            case "", "~", "null", "Null", "NULL" -> ScalarType.NULL;
            case "true", "True", "TRUE", "false", "False", "FALSE" -> ScalarType.BOOLEAN;
            case ".nan", ".NaN", ".NAN" -> ScalarType.FLOAT;
            default -> numberOrString(value);
        };
    }

    private static ScalarType numberOrString(String value) {
        char first = value.charAt(0);
        if (first > '9') {
            return ScalarType.STRING;
        }
        if (value.startsWith("0x") || value.startsWith("0o")) {
            int radix = value.charAt(1) == 'x' ? 16 : 8;
            return value.length() > 2 && digits(value, 2, radix) == value.length()
                    ? ScalarType.INTEGER
                    : ScalarType.STRING;
        }
        int start = first == '-' || first == '+' ? 1 : 0;
        int whole = digits(value, start, 10);
        if (whole == value.length()) {
            return whole > start ? ScalarType.INTEGER : ScalarType.STRING;
        }
        return isFloat(value, start, whole) ? ScalarType.FLOAT : ScalarType.STRING;
    }

    private static boolean isFloat(String value, int start, int whole) {
        String unsigned = value.substring(start);
        if (unsigned.equals(".inf") || unsigned.equals(".Inf") || unsigned.equals(".INF")) {
            return true;
        }
        int end = whole;
        boolean digits = whole > start;
        if (value.charAt(end) == '.') {
            int fraction = digits(value, end + 1, 10);
            digits |= fraction > end + 1;
            end = fraction;
        }
        if (!digits) {
            return false;
        }
        if (end < value.length() && (value.charAt(end) == 'e' || value.charAt(end) == 'E')) {
            int sign = end + 1;
            if (sign < value.length() && (value.charAt(sign) == '-' || value.charAt(sign) == '+')) {
                sign++;
            }
            int exponent = digits(value, sign, 10);
            return exponent > sign && exponent == value.length();
        }
        return end == value.length();
    }

    /** The end of the digits that start at {@code from}. */
    private static int digits(String value, int from, int radix) {
        int end = from;
        while (end < value.length() && value.charAt(end) < 128 && Character.digit(value.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }
}
