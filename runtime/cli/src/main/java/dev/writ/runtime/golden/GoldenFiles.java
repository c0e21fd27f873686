package dev.writ.runtime.golden;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Committed files against those that are produced today.
 *
 * <p>The folder may hold other files. A file is golden if it begins with the mark and, where there is no mark, if {@code owned}
 * accepts its path (relative to the folder, with slashes): only golden files are ever written over or removed. One without the
 * mark whose path is that of a golden file is foreign, unless it holds just what is produced.
 */
public final class GoldenFiles {
    private final Path folder;
    private final Predicate<String> owned;
    private final String mark;

    public GoldenFiles(Path folder, Predicate<String> owned) {
        this(folder, owned, "");
    }

    /** @param mark what each golden file begins with, whole lines; no part of what is compared */
    public GoldenFiles(Path folder, Predicate<String> owned, String mark) {
        this.folder = folder;
        this.owned = owned;
        this.mark = mark;
    }

    /** A file of the folder. */
    private record Committed(String content, boolean golden) {}

    /** What differs, by path. */
    public List<Difference> compare(SortedMap<String, String> produced) throws IOException {
        SortedMap<String, Committed> committed = read(produced);
        List<Difference> differences = new ArrayList<>();
        SortedMap<String, Object> all = new TreeMap<>(committed);
        all.putAll(produced);
        for (String path : all.keySet()) {
            Difference difference = compare(path, committed.get(path), produced.get(path));
            if (difference != null) {
                differences.add(difference);
            }
        }
        return differences;
    }

    /** Makes the folder hold what is produced: writes what is new or changed, removes what is stale. */
    public void update(SortedMap<String, String> produced) throws IOException {
        SortedMap<String, Committed> committed = read(produced);
        for (Difference difference : compare(produced)) {
            if (difference.kind() == Difference.Kind.STALE) {
                Path file = folder.resolve(difference.path());
                Files.delete(file);
                removeEmptyFolders(file.getParent());
            }
        }
        for (String path : produced.keySet()) {
            String content = Objects.requireNonNull(produced.get(path));
            Committed before = committed.get(path);
            boolean same = before != null && before.content().equals(content);
            // What a compilation wrote is golden from now on.
            if (before == null || same && !before.golden() || !same && before.golden()) {
                write(folder.resolve(path), mark + content);
            }
        }
    }

    private static @Nullable Difference compare(String path, @Nullable Committed before, @Nullable String after) {
        if (before == null) {
            String content = Objects.requireNonNull(after);
            return new Difference(path, Difference.Kind.NEW, UnifiedDiff.of("/dev/null", path, "", content));
        }
        if (before.content().equals(after)) {
            return null;
        }
        if (!before.golden()) {
            return new Difference(path, Difference.Kind.FOREIGN, foreign(path, before, after));
        }
        return after == null
                ? new Difference(path, Difference.Kind.STALE, UnifiedDiff.of(path, "/dev/null", before.content(), ""))
                : new Difference(path, Difference.Kind.CHANGED, UnifiedDiff.of(path, path, before.content(), after));
    }

    private static String foreign(String path, Committed before, @Nullable String after) {
        return (after == null ? "" : UnifiedDiff.of(path, path, before.content(), after)) + path
                + ": not made by `writ golden`, so it is left alone: remove it, or keep it elsewhere\n";
    }

    private SortedMap<String, Committed> read(SortedMap<String, String> produced) throws IOException {
        SortedMap<String, Committed> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                boolean marked = !mark.isEmpty() && text.startsWith(mark);
                if (marked || produced.containsKey(path) || owned.test(path)) {
                    files.put(
                            path,
                            new Committed(marked ? text.substring(mark.length()) : text, marked || mark.isEmpty()));
                }
            }
        }
        return files;
    }

    // Beside and renamed: a link in the folder is replaced, and what it leads to is not written.
    private void write(Path file, String content) throws IOException {
        Path parent = Objects.requireNonNull(file.getParent());
        Files.createDirectories(parent);
        if (!parent.toRealPath().startsWith(folder.toRealPath())) {
            throw new IOException("`" + file + "` leads out of `" + folder + "`");
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("`" + file + "` is a folder");
        }
        Path beside = parent.resolve("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(beside);
        try {
            Files.writeString(beside, content);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void removeEmptyFolders(@Nullable Path from) throws IOException {
        @Nullable Path at = from;
        while (at != null && !at.equals(folder) && isEmpty(at)) {
            Files.delete(at);
            at = at.getParent();
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }
}
