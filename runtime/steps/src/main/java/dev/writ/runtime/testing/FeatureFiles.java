package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The features that the arguments of a run stand for: files as named, and the {@code .feature} files of folders and of those
 * inside, but for those that are projects with a build of their own, and so with steps of their own.
 */
final class FeatureFiles {
    private static final String EXTENSION = ".feature";
    private static final List<String> BUILDS = List.of("pom.xml", "build.gradle", "build.gradle.kts");
    private static final Pattern WITH_LINES = Pattern.compile("(.+?)((?::[0-9]{1,9})+)");

    private final DiagnosticSink sink;
    private final Map<Path, Chosen> found = new LinkedHashMap<>();

    private FeatureFiles(DiagnosticSink sink) {
        this.sink = sink;
    }

    /**
     * One of them.
     *
     * @param name its user knows it by
     * @param lines of the scenarios that are meant; empty for all of them
     */
    record Chosen(String name, NavigableSet<Integer> lines) {
        /** This and the other: what is meant whole stays so. */
        Chosen and(Chosen other) {
            NavigableSet<Integer> both = new TreeSet<>();
            if (!lines.isEmpty() && !other.lines.isEmpty()) {
                both.addAll(lines);
                both.addAll(other.lines);
            }
            return new Chosen(name, both);
        }
    }

    /** By their absolute paths, in order; what is not there is reported. */
    static Map<Path, Chosen> find(List<String> arguments, DiagnosticSink sink) {
        FeatureFiles files = new FeatureFiles(sink);
        arguments.forEach(files::add);
        return files.found;
    }

    private void add(String argument) {
        Matcher lines = WITH_LINES.matcher(argument);
        try {
            if (lines.matches() && !Files.exists(Path.of(argument))) {
                add(lines.group(1), lines(lines.group(2)));
            } else {
                add(argument, new TreeSet<>());
            }
        } catch (InvalidPathException e) {
            refuse(argument, "is no path");
        } catch (IOException | UncheckedIOException e) {
            refuse(argument, "cannot be read");
        }
    }

    private void add(String argument, NavigableSet<Integer> lines) throws IOException {
        Path path = Path.of(argument);
        if (Files.isDirectory(path)) {
            if (lines.isEmpty()) {
                below(path).forEach(file -> add(file, lines));
            } else {
                refuse(argument, "is a folder: lines are those of a file");
            }
        } else if (Files.isReadable(path)) {
            add(path, lines);
        } else {
            refuse(argument, Files.exists(path) ? "cannot be read" : "is not there");
        }
    }

    private void add(Path file, NavigableSet<Integer> lines) {
        found.merge(file.toAbsolutePath().normalize(), new Chosen(file.toString(), lines), Chosen::and);
    }

    private static NavigableSet<Integer> lines(String written) {
        NavigableSet<Integer> lines = new TreeSet<>();
        Arrays.stream(written.substring(1).split(":")).map(Integer::valueOf).forEach(lines::add);
        return lines;
    }

    private static List<Path> below(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                boolean isProject = !inside.equals(folder)
                        && BUILDS.stream().anyMatch(build -> Files.exists(inside.resolve(build)));
                return isProject ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().endsWith(EXTENSION) && Files.isRegularFile(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().sorted().toList();
    }

    private void refuse(String argument, String why) {
        sink.add(DiagnosticId.SOURCE_UNREADABLE, null, "the feature `" + argument + "` " + why);
    }
}
