package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceText;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The literals of Go's templates, decoded as Go's {@code strconv.Unquote} and {@code strconv.ParseInt} (base 0) do; a
 * malformed one is reported and gives nothing.
 *
 * <p>In a text, {@code \x} and octal escapes give single bytes; together they must be UTF-8.
 */
final class GoLiterals {
    private static final String SIMPLE = "abfnrtv\\";
    private static final String SIMPLE_VALUES = "\u0007\b\f\n\r\t\u000b\\";
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\(?:x(?<x>[0-9a-fA-F]{2})|u(?<u>[0-9a-fA-F]{4})|U(?<w>[0-9a-fA-F]{8})|(?<o>[0-7]{3})|(?<s>.))",
            Pattern.DOTALL);
    private static final Pattern INTEGER = Pattern.compile("(?<sign>[+-]?)(?:"
            + "0[xX]_?(?<hex>[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)"
            + "|0[bB]_?(?<binary>[01]+(?:_[01]+)*)"
            + "|0[oO]?_?(?<octal>[0-7]+(?:_[0-7]+)*)"
            + "|(?<decimal>0|[1-9][0-9]*(?:_[0-9]+)*))");

    private final SourceText literal;
    private final String text;
    private final DiagnosticSink sink;

    private GoLiterals(SourceText literal, DiagnosticSink sink) {
        this.literal = literal;
        this.text = literal.value();
        this.sink = sink;
    }

    /** The value of a text in double quotes, quotes included in {@code literal}. */
    static Optional<String> quoted(SourceText literal, DiagnosticSink sink) {
        return new GoLiterals(literal, sink).quoted();
    }

    /** The value of a text in back quotes: as it stands, without carriage returns. */
    static String raw(SourceText literal) {
        String text = literal.value();
        return text.substring(1, text.length() - 1).replace("\r", "");
    }

    /** The code point of a character constant. */
    static Optional<Long> character(SourceText literal, DiagnosticSink sink) {
        return new GoLiterals(literal, sink).character();
    }

    /** The value of a whole number: decimal, or with Go's prefixes and digit separators. */
    static Optional<Long> integer(SourceText literal, DiagnosticSink sink) {
        return new GoLiterals(literal, sink).integer();
    }

    private Optional<String> quoted() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 1;
        while (at < text.length() - 1) {
            int end = text.offsetByCodePoints(at, 1);
            if (text.charAt(at) == '\\') {
                Optional<Escape> escape = escape(at, '"');
                if (escape.isEmpty()) {
                    return Optional.empty();
                }
                escape.get().writeTo(bytes);
                end = escape.get().end();
            } else {
                bytes.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
            }
            at = end;
        }
        try {
            ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(all).toString());
        } catch (CharacterCodingException e) {
            return malformed(0, text.length(), "the escapes in this text do not give UTF-8");
        }
    }

    private Optional<Long> character() {
        String inside = text.substring(1, text.length() - 1);
        if (inside.startsWith("\\")) {
            Optional<Escape> escape = escape(1, '\'');
            if (escape.isEmpty() || escape.get().end() == text.length() - 1) {
                return escape.map(one -> (long) one.value());
            }
        } else if (inside.codePointCount(0, inside.length()) == 1) {
            return Optional.of((long) inside.codePointAt(0));
        }
        return malformed(0, text.length(), "single quotes hold one character, a text stands in double quotes");
    }

    private Optional<Long> integer() {
        Matcher digits = INTEGER.matcher(text);
        if (!digits.matches()) {
            return malformed(0, text.length(), "`" + text + "` is not a whole number");
        }
        BigInteger value = magnitude(digits);
        BigInteger signed = "-".equals(digits.group("sign")) ? value.negate() : value;
        return signed.bitLength() < Long.SIZE
                ? Optional.of(signed.longValue())
                : malformed(0, text.length(), "`" + text + "` is too large a number");
    }

    private static BigInteger magnitude(Matcher digits) {
        if (digits.group("hex") != null) {
            return number(digits.group("hex"), 16);
        }
        if (digits.group("binary") != null) {
            return number(digits.group("binary"), 2);
        }
        return digits.group("octal") != null ? number(digits.group("octal"), 8) : number(digits.group("decimal"), 10);
    }

    private static BigInteger number(String digits, int radix) {
        return new BigInteger(digits.replace("_", ""), radix);
    }

    // The value is a byte or a code point; the end is that of the escape in the literal.
    private record Escape(int value, boolean isByte, int end) {

        void writeTo(ByteArrayOutputStream bytes) {
            if (isByte) {
                bytes.write(value);
            } else {
                bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private Optional<Escape> escape(int at, char quote) {
        Matcher escape = ESCAPE.matcher(text).region(at, text.length() - 1);
        if (!escape.lookingAt()) {
            return malformed(at, text.length() - 1, "an escape is cut short");
        }
        int value = valueOf(escape, quote);
        boolean isByte = escape.group("x") != null || escape.group("o") != null;
        boolean isSurrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
        boolean isKnown = isByte ? value <= 0xFF : Character.isValidCodePoint(value) && !isSurrogate;
        return isKnown
                ? Optional.of(new Escape(value, isByte, escape.end()))
                : malformed(at, escape.end(), "`" + escape.group() + "` is not an escape of Go's");
    }

    private static int valueOf(Matcher escape, char quote) {
        for (String hex : new String[] {"x", "u", "w"}) {
            if (escape.group(hex) != null) {
                return Integer.parseUnsignedInt(escape.group(hex), 16);
            }
        }
        if (escape.group("o") != null) {
            return Integer.parseInt(escape.group("o"), 8);
        }
        char letter = escape.group("s").charAt(0);
        int simple = SIMPLE.indexOf(letter);
        return letter == quote ? quote : simple < 0 ? -1 : SIMPLE_VALUES.charAt(simple);
    }

    private <T> Optional<T> malformed(int start, int end, String message) {
        sink.add(DiagnosticId.TEMPLATE_SYNTAX, literal.span(start, end), message);
        return Optional.empty();
    }
}
