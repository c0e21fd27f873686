package dev.writ.runtime.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that an answer may depend on, and the folders in which one of them may appear. Features and {@code .writ} files name others
 * in quotes or in the cells of a table, relative to themselves; a name too many costs a run too many, one too few an answer.
 *
 * @param files absolute; some may not be there
 */
public record Inputs(SortedSet<Path> files, SortedSet<Path> folders) {
    private static final List<String> SOURCES = List.of(".yaml", ".yml", ".json", ".writ");
    private static final List<String> NAMING = List.of(".writ", ".feature");
    private static final Pattern NAME = Pattern.compile("\"([^\"\\n]+)\"|(?<=\\|)\\s*([^|\\s]+)\\s*(?=\\|)");
    private static final Pattern CONTROL_PLANE = Pattern.compile("files of the control plane in \"$");
    private static final Pattern FILE = Pattern.compile(".*\\.[A-Za-z0-9]{1,8}");
    private static final int DEEPEST = 16;

    public Inputs {
        files = Collections.unmodifiableSortedSet(new TreeSet<>(files));
        folders = Collections.unmodifiableSortedSet(new TreeSet<>(folders));
    }

    /**
     * Of files and folders, and all that they name.
     *
     * @param deep whether the folders inside folders are read
     */
    public static Inputs of(List<Path> named, boolean deep) {
        Collected all = new Collected();
        named.forEach(path -> all.add(absolute(path), deep ? DEEPEST : 1));
        return all.inputs();
    }

    /** The same with all that lies below these folders. */
    public Inputs withAllBelow(List<Path> more) {
        Collected all = new Collected();
        all.files.addAll(files);
        all.folders.addAll(folders);
        more.forEach(folder -> all.addFolder(absolute(folder), DEEPEST, true));
        return all.inputs();
    }

    /** Both. */
    public Inputs with(Inputs other) {
        Collected all = new Collected();
        all.files.addAll(files);
        all.files.addAll(other.files);
        all.folders.addAll(folders);
        all.folders.addAll(other.folders);
        return all.inputs();
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static final class Collected {
        private final SortedSet<Path> files = new TreeSet<>();
        private final SortedSet<Path> folders = new TreeSet<>();
        private final Deque<Path> unread = new ArrayDeque<>();

        Inputs inputs() {
            while (!unread.isEmpty()) {
                readNames(unread.remove());
            }
            return new Inputs(files, folders);
        }

        void add(Path path, int depth) {
            // A folder that is made anew is seen from above.
            Path parent = path.getParent();
            if (parent != null) {
                folders.add(parent);
            }
            if (Files.isDirectory(path)) {
                addFolder(path, depth, false);
            } else {
                addFile(path);
            }
        }

        private void addFile(Path file) {
            if (files.add(file) && NAMING.stream().anyMatch(file.toString()::endsWith)) {
                unread.add(file);
            }
        }

        /** @param all not only sources */
        void addFolder(Path folder, int depth, boolean all) {
            folders.add(folder);
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.toList()) {
                    String name = entry.getFileName().toString();
                    if (name.startsWith(".")) {
                        continue;
                    }
                    if (Files.isDirectory(entry)) {
                        if (depth > 1) {
                            addFolder(entry, depth - 1, all);
                        }
                    } else if (all || SOURCES.stream().anyMatch(name::endsWith)) {
                        addFile(entry);
                    }
                }
            } catch (IOException | UncheckedIOException gone) {
                // Whoever reads it says so.
            }
        }

        private void readNames(Path file) {
            String text;
            try {
                text = Files.readString(file);
            } catch (IOException unreadable) {
                return;
            }
            Path folder = file.getParent();
            Matcher name = NAME.matcher(text);
            while (folder != null && name.find()) {
                String written = name.group(1) != null ? name.group(1) : name.group(2);
                boolean all = CONTROL_PLANE
                        .matcher(text.substring(Math.max(0, name.start() - 40), name.start() + 1))
                        .find();
                named(folder, written, all);
            }
        }

        private void named(Path folder, String written, boolean all) {
            Path path;
            try {
                path = folder.resolve(written).normalize();
            } catch (InvalidPathException none) {
                return;
            }
            if (Files.isDirectory(path)) {
                Path parent = path.getParent();
                if (parent != null) {
                    folders.add(parent);
                }
                addFolder(path, all ? DEEPEST : 1, all);
            } else if (Files.exists(path) || FILE.matcher(written).matches() && path.startsWith(folder.getRoot())) {
                // One that is not there yet may come; its folder tells, where there is one.
                addFile(path);
                Path parent = path.getParent();
                if (parent != null && Files.isDirectory(parent)) {
                    folders.add(parent);
                }
            }
        }
    }
}
