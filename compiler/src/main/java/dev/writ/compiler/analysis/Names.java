package dev.writ.compiler.analysis;

import org.jspecify.annotations.Nullable;

/** The names that the parts of a SPIFFE ID may have, in the order of their characters. */
final class Names {
    /** The characters of a trust domain, sorted. */
    static final String TRUST_DOMAIN = "-.0123456789_abcdefghijklmnopqrstuvwxyz";

    /** The characters of a path segment, sorted. */
    static final String SEGMENT = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    /** The least name. */
    static final String LEAST = "-";

    private Names() {}

    /** The least name of these characters that is no less than the bound; null if all are less. */
    static @Nullable String ceiling(String bound, String characters) {
        int good = 0;
        while (good < bound.length() && characters.indexOf(bound.charAt(good)) >= 0) {
            good++;
        }
        if (good == bound.length()) {
            return named(bound, characters);
        }
        // What comes after `bound` begins like it, up to a character that is larger than its own.
        for (int i = good; i >= 0; i--) {
            char larger = larger(bound.charAt(i), characters);
            if (larger != 0) {
                return named(bound.substring(0, i) + larger, characters);
            }
        }
        return null;
    }

    private static char larger(char than, String characters) {
        for (int i = 0; i < characters.length(); i++) {
            if (characters.charAt(i) > than) {
                return characters.charAt(i);
            }
        }
        return 0;
    }

    /** No name is empty, {@code .} or {@code ..} where dots alone would lead elsewhere: the least one that begins so. */
    private static String named(String name, String characters) {
        boolean isPath = characters.equals(SEGMENT);
        return name.isEmpty() || isPath && (name.equals(".") || name.equals("..")) ? name + LEAST : name;
    }
}
