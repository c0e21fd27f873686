package dev.writ.compiler.envoy;

import dev.writ.compiler.ir.Principal.Segments;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.List;
import java.util.Optional;

/**
 * A segment pattern as text: its literal beginning, its RE2 form, and what a known beginning of the caller says about it.
 *
 * @param literal the text before the first wildcard; for a pattern without one, that of all its segments
 */
record SegmentPattern(Segments segments, String literal) {
    private static final String ANY_SEGMENT = "[^/]+";
    private static final String RE2_SYNTAX = "\\.+*?()|[]{}^$";

    static SegmentPattern of(Segments segments) {
        StringBuilder literal = new StringBuilder(SpiffeId.SCHEME);
        List<Optional<String>> all = segments.segments();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isEmpty()) {
                return new SegmentPattern(segments, literal.toString());
            }
            literal.append(all.get(i).get()).append(i < all.size() - 1 || segments.below() ? "/" : "");
        }
        return new SegmentPattern(segments, literal.toString());
    }

    /** Whether every segment that it names is literal, so that it is one string or all strings below one. */
    boolean isLiteral() {
        return segments.segments().stream().allMatch(Optional::isPresent);
    }

    /** For a full match: a dot of a name is a dot. */
    String regex() {
        StringBuilder regex = new StringBuilder(SpiffeId.SCHEME);
        String separator = "";
        for (Optional<String> segment : segments.segments()) {
            regex.append(separator).append(segment.map(SegmentPattern::quote).orElse(ANY_SEGMENT));
            separator = "/";
        }
        return regex.append(segments.below() ? "(/" + ANY_SEGMENT + ")+" : "").toString();
    }

    /** Text as RE2 reads it literally. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (RE2_SYNTAX.indexOf(text.charAt(i)) >= 0) {
                quoted.append('\\');
            }
            quoted.append(text.charAt(i));
        }
        return quoted.toString();
    }

    /** Whether this whole string fits. */
    boolean matches(String caller) {
        if (!caller.startsWith(SpiffeId.SCHEME)) {
            return false;
        }
        String[] parts = caller.substring(SpiffeId.SCHEME.length()).split("/", -1);
        int named = segments.segments().size();
        if (segments.below() ? parts.length <= named : parts.length != named) {
            return false;
        }
        return fits(parts, parts.length);
    }

    /**
     * What is known of the strings that start with {@code beginning}, which starts with {@link #literal}: none of them fits
     * (false), all of them that are a well-formed SPIFFE ID do (true), or it depends (empty).
     */
    Optional<Boolean> decidedBy(String beginning) {
        String[] parts = beginning.substring(SpiffeId.SCHEME.length()).split("/", -1);
        int whole = parts.length - 1;
        int named = segments.segments().size();
        if (!fits(parts, whole) || !segments.below() && whole >= named) {
            return Optional.of(false);
        }
        if (whole < named) {
            boolean possible = segments.segments()
                    .get(whole)
                    .map(name -> name.startsWith(parts[whole]))
                    .orElse(true);
            return possible ? Optional.empty() : Optional.of(false);
        }
        return Optional.of(true);
    }

    /** Whether the first {@code count} parts fit: none empty, and the named ones as named. */
    private boolean fits(String[] parts, int count) {
        List<Optional<String>> named = segments.segments();
        for (int i = 0; i < count; i++) {
            boolean fits = i < named.size() && named.get(i).isPresent()
                    ? named.get(i).get().equals(parts[i])
                    : !parts[i].isEmpty();
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
