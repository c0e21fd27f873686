package dev.writ.runtime.cli;

/** Counts of things in sentences. */
final class Plural {
    private Plural() {}

    /** {@code 1 file}, {@code 2 files}. */
    static String of(int count, String noun) {
        return of(count, noun, noun + "s");
    }

    static String of(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
