package dev.writ.compiler.analysis;

import java.util.Arrays;

/**
 * Finds a string's place among many sorted ones. A binary search of strings goes to a text elsewhere in memory at each step, and with
 * 100,000 rules that is what a decision waits for: so the first characters after those that all have in common stand here as numbers,
 * side by side, and only among strings whose numbers are equal their texts are read.
 */
final class BoundIndex {
    /** Of fewer strings a search is as fast as this. */
    static final int WORTHWHILE = 16;

    private static final int CHARACTERS = 8;
    private static final int BITS = 8;
    private static final int LAST = 0xFF;

    private final String[] bounds;
    private final String common;
    private final long[] keys;

    private BoundIndex(String[] bounds, String common, long[] keys) {
        this.bounds = bounds;
        this.common = common;
        this.keys = keys;
    }

    /** @param bounds at least one; they rise */
    static BoundIndex of(String[] bounds) {
        String common = common(bounds[0], bounds[bounds.length - 1]);
        long[] keys = new long[bounds.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(bounds[i], common.length());
        }
        return new BoundIndex(bounds, common, keys);
    }

    private static String common(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    /**
     * A string of a lesser key is less. A character that has no number of its own is the last one, and what follows it is left out:
     * then the keys are equal.
     */
    private static long key(String text, int from) {
        long key = 0;
        for (int i = 0; i < CHARACTERS; i++) {
            int character = from + i < text.length() ? Math.min(text.charAt(from + i), LAST) : 0;
            key |= (long) character << BITS * (CHARACTERS - 1 - i);
            if (character == LAST) {
                break;
            }
        }
        // As signed numbers are compared.
        return key ^ Long.MIN_VALUE;
    }

    /** How many of the strings are no greater than this one. */
    int notAbove(String text) {
        if (!text.startsWith(common)) {
            return text.compareTo(common) < 0 ? 0 : bounds.length;
        }
        long key = key(text, common.length());
        int from = below(key);
        int to = key == Long.MAX_VALUE ? keys.length : below(key + 1);
        int place = Arrays.binarySearch(bounds, from, to, text);
        return place >= 0 ? place + 1 : -place - 1;
    }

    /** How many keys are less. */
    private int below(long key) {
        int from = 0;
        int to = keys.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (keys[middle] < key) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
