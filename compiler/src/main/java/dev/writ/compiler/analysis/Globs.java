package dev.writ.compiler.analysis;

/** Texts in which a star stands for any text. */
final class Globs {
    private static final char ANY = '*';

    private Globs() {}

    /** Whether there is a text that is of both. */
    static boolean meet(String one, String other) {
        // Of the first so many characters of one, and each number of them of the other.
        boolean[] met = new boolean[other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            boolean[] next = new boolean[other.length() + 1];
            for (int j = 0; j <= other.length(); j++) {
                boolean isStar = i > 0 && one.charAt(i - 1) == ANY;
                boolean isOtherStar = j > 0 && other.charAt(j - 1) == ANY;
                next[j] = i == 0 && j == 0
                        || (isStar || isOtherStar) && (i > 0 && met[j] || j > 0 && next[j - 1])
                        || i > 0 && j > 0 && one.charAt(i - 1) == other.charAt(j - 1) && met[j - 1];
            }
            met = next;
        }
        return met[other.length()];
    }
}
