package dev.writ.runtime.golden;

import java.util.Locale;

/**
 * A committed file that is not what is produced today.
 *
 * @param path relative to the folder of the golden files
 * @param diff unified, from what is committed to what is produced; of a stranger's file what is wrong with it
 */
public record Difference(String path, Kind kind, String diff) {

    public enum Kind {
        /** Produced, but not committed. */
        NEW,
        CHANGED,
        /** Committed, but nothing produces it any more. */
        STALE,
        /** Where a golden file may stand, but made by somebody else: never written over and never removed. */
        FOREIGN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
