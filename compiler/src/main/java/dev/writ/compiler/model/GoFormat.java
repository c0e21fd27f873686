package dev.writ.compiler.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Go's {@code fmt.Sprint}, {@code Sprintln} and {@code Sprintf} for the values that templates have; a wrong verb or a missing
 * argument gives the same text as in Go ({@code %!d(string=a)}, {@code %!s(MISSING)}), for that is what ends up in a SPIFFE ID.
 */
final class GoFormat {
    /** No part of a SPIFFE ID is longer; Go's own limit is a million. */
    private static final int WIDEST = 2048;

    private final String format;
    private final List<GoValue> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;

    private GoFormat(String format, List<GoValue> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /** Operands one behind the other, a space between two of which neither is a text. */
    static String print(List<GoValue> arguments) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            boolean isBetweenOthers = i > 0
                    && !(arguments.get(i) instanceof GoValue.Text)
                    && !(arguments.get(i - 1) instanceof GoValue.Text);
            out.append(isBetweenOthers ? " " : "").append(GoVerb.PLAIN.apply(arguments.get(i)));
        }
        return out.toString();
    }

    static String println(List<GoValue> arguments) {
        return String.join(" ", arguments.stream().map(GoVerb.PLAIN::apply).toList()) + "\n";
    }

    /** Nothing where the format asks for what is not supported: {@code *}, {@code [n]}, widths no SPIFFE ID can hold. */
    static Optional<String> printf(String format, List<GoValue> arguments) {
        return new GoFormat(format, arguments).printf();
    }

    private Optional<String> printf() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            int end = percent < 0 ? format.length() : percent;
            out.append(format, at, end);
            at = end;
            if (percent >= 0 && !directive()) {
                return Optional.empty();
            }
        }
        extra();
        return Optional.of(out.toString());
    }

    // From the percent sign to the verb; false where it is not supported.
    private boolean directive() {
        at++;
        String flags = flags();
        int width = number();
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = Math.max(0, number());
        }
        if (width > WIDEST || precision > WIDEST) {
            return false;
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return true;
        }
        int verb = format.codePointAt(at);
        if (verb == '*' || verb == '[') {
            return false;
        }
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
        } else if (next >= arguments.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
        } else {
            out.append(GoVerb.of(verb, flags, width, precision).apply(arguments.get(next++)));
        }
        return true;
    }

    private String flags() {
        int start = at;
        while (at < format.length() && "#0+- ".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        return format.substring(start, at);
    }

    // -1 where there is none; more than the widest where it is larger.
    private int number() {
        int value = -1;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            value = Math.min(WIDEST + 1, Math.max(0, value) * 10 + format.charAt(at++) - '0');
        }
        return value;
    }

    private void extra() {
        if (next < arguments.size()) {
            List<String> extra = new ArrayList<>();
            for (GoValue value : arguments.subList(next, arguments.size())) {
                extra.add(value.typeName() + "=" + GoVerb.PLAIN.apply(value));
            }
            out.append("%!(EXTRA ").append(String.join(", ", extra)).append(')');
        }
    }
}
