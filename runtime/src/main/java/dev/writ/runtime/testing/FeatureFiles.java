package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The features that the arguments of a run stand for: files as named, and the {@code .feature} files of folders and of those inside. */
final class FeatureFiles {
    private static final String EXTENSION = ".feature";

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
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(EXTENSION))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static void refuse(String argument, String why, DiagnosticSink sink) {
        sink.add(DiagnosticId.SOURCE_UNREADABLE, null, "the feature `" + argument + "` " + why);
    }
}
