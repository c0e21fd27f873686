package dev.writ.compiler.analysis;

/** Spreads numbers that are near each other over all hashes, for tables that look at the lowest bits. */
final class Mixing {
    private Mixing() {}

    /** The finaliser of MurmurHash3. */
    static int of(long number) {
        long mixed = (number ^ number >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (int) (mixed ^ mixed >>> 33);
    }
}
