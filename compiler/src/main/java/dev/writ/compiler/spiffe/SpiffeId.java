package dev.writ.compiler.spiffe;

import java.util.Optional;

/**
 * A SPIFFE ID that the SPIFFE specification admits: {@code spiffe://} in lower case, a trust domain of
 * {@code [a-z0-9._-]+}, then no or several segments of {@code [A-Za-z0-9._-]+}, none of them {@code .} or {@code ..},
 * no trailing slash. Lengths (2,048 bytes, trust domain 255) are part of the specification too.
 */
public record SpiffeId(String trustDomain, String path) {
    public static final String SCHEME = "spiffe://";
    public static final int MAX_LENGTH = 2048;
    public static final int MAX_TRUST_DOMAIN_LENGTH = 255;

    /** Why a text is no SPIFFE ID, and which characters of it are to blame. */
    public record Fault(String message, int start, int end) {}

    /** The SPIFFE ID a text spells, if it spells one. */
    public static Optional<SpiffeId> of(String text) {
        if (fault(text).isPresent()) {
            return Optional.empty();
        }
        int slash = text.indexOf('/', SCHEME.length());
        return Optional.of(
                slash < 0
                        ? new SpiffeId(text.substring(SCHEME.length()), "")
                        : new SpiffeId(text.substring(SCHEME.length(), slash), text.substring(slash)));
    }

    /** The first reason why a text is no SPIFFE ID; empty if it is one. */
    public static Optional<Fault> fault(String text) {
        if (!text.startsWith(SCHEME)) {
            return Optional.of(
                    new Fault("a SPIFFE ID starts with `spiffe://`", 0, Math.min(text.length(), SCHEME.length())));
        }
        int slash = text.indexOf('/', SCHEME.length());
        int end = slash < 0 ? text.length() : slash;
        Optional<Fault> fault = trustDomainFault(text, end);
        if (fault.isEmpty()) {
            fault = pathFault(text, end);
        }
        return fault.isEmpty() && text.length() > MAX_LENGTH
                ? Optional.of(new Fault("a SPIFFE ID has at most 2,048 bytes", MAX_LENGTH, text.length()))
                : fault;
    }

    /** The first reason why no SPIFFE ID starts with a text; empty if some do. */
    public static Optional<Fault> prefixFault(String text) {
        if (SCHEME.startsWith(text) || fault(text).isEmpty()) {
            return Optional.empty();
        }
        // Whatever may follow, a letter may: it makes a segment of an open slash and a name of dots.
        return fault(text + "x").map(fault -> {
            int end = Math.min(fault.end(), text.length());
            return new Fault(fault.message(), Math.min(fault.start(), end), end);
        });
    }

    private static Optional<Fault> trustDomainFault(String text, int end) {
        if (end == SCHEME.length()) {
            return Optional.of(new Fault("the trust domain is empty", 0, end));
        }
        for (int i = SCHEME.length(); i < end; i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || isDigitOrMark(c))) {
                return Optional.of(
                        new Fault("a trust domain holds only `a-z`, `0-9`, `.`, `_` and `-`", i, after(text, i)));
            }
        }
        return end - SCHEME.length() > MAX_TRUST_DOMAIN_LENGTH
                ? Optional.of(new Fault("a trust domain has at most 255 bytes", SCHEME.length(), end))
                : Optional.empty();
    }

    private static Optional<Fault> pathFault(String text, int from) {
        int start = from;
        while (start < text.length()) {
            int next = text.indexOf('/', start + 1);
            int end = next < 0 ? text.length() : next;
            int length = end - start - 1;
            if (length == 0) {
                String message = next < 0 ? "a SPIFFE ID has no trailing slash" : "a path segment is empty";
                return Optional.of(new Fault(message, start, Math.min(start + 1, text.length())));
            }
            if (length <= 2 && text.charAt(start + 1) == '.' && text.charAt(end - 1) == '.') {
                return Optional.of(new Fault("a path segment is not `.` or `..`", start + 1, end));
            }
            for (int i = start + 1; i < end; i++) {
                char c = text.charAt(i);
                if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigitOrMark(c))) {
                    return Optional.of(new Fault(
                            "a path segment holds only `A-Z`, `a-z`, `0-9`, `.`, `_` and `-`", i, after(text, i)));
                }
            }
            start = end;
        }
        return Optional.empty();
    }

    private static int after(String text, int index) {
        return index + Character.charCount(text.codePointAt(index));
    }

    private static boolean isDigitOrMark(char c) {
        return c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    @Override
    public String toString() {
        return SCHEME + trustDomain + path;
    }
}
