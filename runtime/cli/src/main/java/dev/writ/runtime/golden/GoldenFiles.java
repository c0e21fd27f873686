package dev.writ.runtime.golden;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * <p>The folder may hold other files: only those that {@code owned} accepts (paths relative to the folder, with slashes)
 * can be stale, and only they are ever removed.
 */
public final class GoldenFiles {
    private static final int CONTEXT = 3;

    private final Path folder;
    private final Predicate<String> owned;

    public GoldenFiles(Path folder, Predicate<String> owned) {
        this.folder = folder;
        this.owned = owned;
    }

    /** What differs, by path. */
    public List<Difference> compare(SortedMap<String, String> produced) throws IOException {
        SortedMap<String, String> expected = read(produced);
        List<Difference> differences = new ArrayList<>();
        SortedMap<String, String> all = new TreeMap<>(expected);
        all.putAll(produced);
        for (String path : all.keySet()) {
            String before = expected.get(path);
            String after = produced.get(path);
            if (before == null) {
                differences.add(new Difference(path, Difference.Kind.NEW, diff("/dev/null", path, "", all.get(path))));
            } else if (after == null) {
                differences.add(new Difference(path, Difference.Kind.STALE, diff(path, "/dev/null", before, "")));
            } else if (!before.equals(after)) {
                differences.add(new Difference(path, Difference.Kind.CHANGED, diff(path, path, before, after)));
            }
        }
        return differences;
    }

    /** Makes the folder hold what is produced: writes what is new or changed, removes what is stale. */
    public void update(SortedMap<String, String> produced) throws IOException {
        for (Difference difference : compare(produced)) {
            Path file = folder.resolve(difference.path());
            String content = produced.get(difference.path());
            if (content == null) {
                Files.delete(file);
                removeEmptyFolders(file.getParent());
            } else {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.writeString(file, content);
            }
        }
    }

    private SortedMap<String, String> read(SortedMap<String, String> produced) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (produced.containsKey(path) || owned.test(path)) {
                    files.put(path, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
            }
        }
        return files;
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

    private static String diff(String oldName, String newName, String before, String after) {
        List<String> old = lines(before);
        Patch<String> patch = DiffUtils.diff(old, lines(after));
        String diff =
                String.join("\n", UnifiedDiffUtils.generateUnifiedDiff(oldName, newName, old, patch, CONTEXT)) + "\n";
        // `patch` and `git apply` know an empty side by its line 0.
        return diff.replace("@@ -1,0 ", "@@ -0,0 ").replace(" +1,0 @@", " +0,0 @@");
    }

    // A last line without its line end differs from one with it.
    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.removeLast();
        if (!last.isEmpty()) {
            lines.add(last + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
