package dev.writ.runtime.lsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Kuma's demo as an editor's workspace: a copy of {@code features/kuma-demo}. */
final class DemoWorkspace {
    private DemoWorkspace() {}

    static Path in(Path folder) {
        Path demo = Path.of(System.getProperty("writ.root"), "features", "kuma-demo");
        try (Stream<Path> files = Files.list(demo)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
