package dev.writ.compiler.model;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * One verb of {@code printf} with its flags, as Go's {@code fmt/format.go} applies it to texts, whole numbers and the dot.
 *
 * @param width -1 where there is none
 * @param precision -1 where there is none
 * @param goSyntax {@code %#v}
 * @param names {@code %+v}: fields with their names
 */
record GoVerb(int verb, String flags, int width, int precision, boolean goSyntax, boolean names) {
    /** {@code %v}: how a value is printed where no format says otherwise. */
    static final GoVerb PLAIN = of('v', "", -1, -1);

    static GoVerb of(int verb, String flags, int width, int precision) {
        boolean isPlain = verb == 'v';
        // With %v these two flags mean something else, and nothing of their own.
        String kept = isPlain ? flags.replace("#", "").replace("+", "") : flags;
        return new GoVerb(verb, kept, width, precision, isPlain && flags.contains("#"), isPlain && flags.contains("+"));
    }

    String apply(GoValue value) {
        if (verb == 'T') {
            return of('s', flags, width, precision).apply(new GoValue.Text(value.typeName()));
        }
        return switch (value) {
            case GoValue.Text text -> text(text);
            case GoValue.Whole whole -> whole(whole);
            case GoValue.Dot dot -> dot(dot);
        };
    }

    private String text(GoValue.Text text) {
        String value = text.value();
        return switch (verb) {
            case 'v' -> goSyntax ? pad(GoQuotes.quote(truncated(value), '"')) : pad(truncated(value));
            case 's' -> pad(truncated(value));
            case 'q' -> pad(quoted(truncated(value)));
            case 'x' -> pad(hex(value));
            case 'X' -> pad(hex(value).toUpperCase(Locale.ROOT));
            default -> bad(text);
        };
    }

    private String whole(GoValue.Whole whole) {
        long value = whole.value();
        return switch (verb) {
            case 'v', 'd' -> digits(value, 10, "");
            case 'b' -> digits(value, 2, has('#') ? "0b" : "");
            case 'o' -> digits(value, 8, has('#') ? "0" : "");
            case 'O' -> digits(value, 8, has('#') ? "0o0" : "0o");
            case 'x' -> digits(value, 16, has('#') ? "0x" : "");
            case 'X' -> digits(value, 16, has('#') ? "0x" : "").toUpperCase(Locale.ROOT);
            case 'c' -> pad(character(value));
            case 'q' -> pad(GoQuotes.quote(character(value), '\''));
            case 'U' -> withoutZero().pad(unicode(value));
            default -> bad(whole);
        };
    }

    private String dot(GoValue.Dot dot) {
        StringJoiner fields =
                goSyntax ? new StringJoiner(", ", dot.typeName() + "{", "}") : new StringJoiner(" ", "{", "}");
        for (Map.Entry<String, String> field : dot.fields().entrySet()) {
            String name = goSyntax || names ? field.getKey() + ":" : "";
            fields.add(name + apply(new GoValue.Text(field.getValue())));
        }
        return fields.toString();
    }

    // The value still obeys width and flags, as in Go.
    private String bad(GoValue value) {
        GoVerb plain = new GoVerb('v', flags, width, precision, false, false);
        return "%!" + Character.toString(verb) + "(" + value.typeName() + "=" + plain.apply(value) + ")";
    }

    private String digits(long value, int radix, String prefix) {
        if (precision == 0 && value == 0) {
            return withoutZero().pad("");
        }
        String digits = BigInteger.valueOf(value).abs().toString(radix);
        String sign = value < 0 ? "-" : has('+') ? "+" : has(' ') ? " " : "";
        int least = precision;
        if (precision < 0 && has('0') && !has('-')) {
            least = width - sign.length();
        }
        String padded = "0".repeat(Math.max(0, least - digits.length())) + digits;
        // An octal that starts with a zero has its prefix already.
        boolean isMarked = prefix.startsWith("0") && radix == 8 && has('#') && padded.startsWith("0");
        String marked = isMarked ? prefix.substring(0, prefix.length() - 1) + padded : prefix + padded;
        return withoutZero().pad(sign + marked);
    }

    private String hex(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int length = precision >= 0 ? Math.min(precision, bytes.length) : bytes.length;
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < length; i++) {
            hex.append(has(' ') && i > 0 ? " " : "");
            hex.append(has('#') && (has(' ') || i == 0) ? "0x" : "");
            hex.append(Character.forDigit(bytes[i] >> 4 & 0xF, 16)).append(Character.forDigit(bytes[i] & 0xF, 16));
        }
        return hex.toString();
    }

    private String quoted(String value) {
        boolean isRaw =
                has('#') && value.indexOf('`') < 0 && value.chars().allMatch(c -> c >= ' ' && c != 0x7F || c == '\t');
        return isRaw ? "`" + value + "`" : GoQuotes.quote(value, '"');
    }

    private String unicode(long value) {
        String digits = Long.toHexString(value).toUpperCase(Locale.ROOT);
        String padded = "0".repeat(Math.max(0, Math.max(4, precision) - digits.length())) + digits;
        boolean isShown =
                has('#') && value >= 0 && value <= Character.MAX_CODE_POINT && GoQuotes.isPrintable((int) value);
        return "U+" + padded + (isShown ? " '" + Character.toString((int) value) + "'" : "");
    }

    private static String character(long value) {
        boolean isCharacter = value >= 0
                && value <= Character.MAX_CODE_POINT
                && !(value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE);
        return isCharacter ? Character.toString((int) value) : "\uFFFD";
    }

    private String truncated(String value) {
        return precision < 0 || value.codePointCount(0, value.length()) <= precision
                ? value
                : value.substring(0, value.offsetByCodePoints(0, precision));
    }

    private String pad(String value) {
        int missing = Math.max(0, width - value.codePointCount(0, value.length()));
        if (has('-')) {
            return value + " ".repeat(missing);
        }
        return (has('0') ? "0" : " ").repeat(missing) + value;
    }

    private GoVerb withoutZero() {
        return new GoVerb(verb, flags.replace("0", ""), width, precision, goSyntax, names);
    }

    private boolean has(char flag) {
        return flags.indexOf(flag) >= 0;
    }
}
