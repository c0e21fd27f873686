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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The features that the arguments of a run stand for: files as named, and the {@code .feature} files of folders and of those
 * inside, but for those that are projects with a build of their own, and so with steps of their own.
 */
final class FeatureFiles {
    private static final String EXTENSION = ".feature";
    private static final List<String> BUILDS = List.of("pom.xml", "build.gradle", "build.gradle.kts");

    private FeatureFiles() {}

    /** Absolute paths with the names their user knows them by, in order; what is not there is reported. */
    static Map<Path, String> find(List<String> arguments, DiagnosticSink sink) {
        Map<Path, String> found = new LinkedHashMap<>();
        for (String argument : arguments) {
            try {
                Path path = Path.of(argument);
                if (Files.isDirectory(path)) {
                    below(path).forEach(file -> add(file, found));
                } else if (Files.isReadable(path)) {
                    add(path, found);
                } else {
                    refuse(argument, Files.exists(path) ? "cannot be read" : "is not there", sink);
                }
            } catch (InvalidPathException e) {
                refuse(argument, "is no path", sink);
            } catch (IOException | UncheckedIOException e) {
                refuse(argument, "cannot be read", sink);
            }
        }
        return found;
    }

    private static void add(Path file, Map<Path, String> found) {
        found.putIfAbsent(file.toAbsolutePath().normalize(), file.toString());
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

    private static void refuse(String argument, String why, DiagnosticSink sink) {
        sink.add(DiagnosticId.SOURCE_UNREADABLE, null, "the feature `" + argument + "` " + why);
    }
}
