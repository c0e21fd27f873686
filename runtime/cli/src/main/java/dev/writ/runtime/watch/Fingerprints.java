package dev.writ.runtime.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What files hold at one time. A file that is saved as it was has not changed. */
public record Fingerprints(SortedMap<Path, String> byFile) {
    private static final String ABSENT = "";

    public static Fingerprints of(Set<Path> files) {
        SortedMap<Path, String> byFile = new TreeMap<>();
        files.forEach(file -> byFile.put(file, of(file)));
        return new Fingerprints(byFile);
    }

    private static String of(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException unreadable) {
            return ABSENT;
        }
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    /** How many of the files are there. */
    public int count() {
        return (int)
                byFile.values().stream().filter(print -> !print.equals(ABSENT)).count();
    }

    /** The files that are new, gone, or hold something else than before. */
    public SortedSet<Path> changedSince(Fingerprints before) {
        SortedSet<Path> changed = new TreeSet<>(byFile.keySet());
        changed.addAll(before.byFile.keySet());
        changed.removeIf(file -> byFile.getOrDefault(file, ABSENT).equals(before.byFile.getOrDefault(file, ABSENT)));
        return changed;
    }
}
