package dev.writ.runtime.starter;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that a project is written into. What is there is never written over. */
public final class ProjectFolder {
    /** What every repository has: its owners know best what it says. */
    private static final Set<String> LEFT = Set.of("README.md", ".gitignore");

    private final Path folder;

    /** @param folder absolute */
    public ProjectFolder(Path folder) {
        this.folder = folder;
    }

    /** The files that are there and that a project cannot do without. */
    public List<String> inTheWay(Set<String> paths) {
        return paths.stream()
                .filter(path -> !LEFT.contains(path) && isThere(path))
                .toList();
    }

    /** The files that are there and may stay as they are. */
    public List<String> left(Set<String> paths) {
        return paths.stream()
                .filter(path -> LEFT.contains(path) && isThere(path))
                .toList();
    }

    private boolean isThere(String path) {
        return Files.exists(at(path), LinkOption.NOFOLLOW_LINKS);
    }

    // A folder that is not there yet has no `..`.
    private Path at(String path) {
        return folder.resolve(path).normalize();
    }

    /** Writes those that are not there, all of them or none; gives their paths. */
    public List<String> write(SortedMap<String, String> files) throws IOException {
        List<String> written = new ArrayList<>();
        try {
            for (String path : files.keySet()) {
                if (!LEFT.contains(path) || !isThere(path)) {
                    Path file = at(path);
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.writeString(file, files.get(path), StandardOpenOption.CREATE_NEW);
                    written.add(path);
                }
            }
            return written;
        } catch (IOException e) {
            for (String path : written) {
                Files.deleteIfExists(at(path));
            }
            if (e instanceof FileAlreadyExistsException) {
                throw new IOException(e.getMessage() + " appeared meanwhile; nothing was written", e);
            }
            throw e;
        }
    }

    /** The texts of a folder's files, by their paths in it. */
    public static SortedMap<String, String> texts(Path folder) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(ProjectPlace.slashes(folder.relativize(file)), Files.readString(file));
            }
        }
        return texts;
    }

    /** Removes a folder with all in it. */
    public static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inside, @Nullable IOException trouble) throws IOException {
                Files.delete(inside);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
