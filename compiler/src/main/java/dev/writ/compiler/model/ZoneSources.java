package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A zone among several, and where its resources stand: what is read from this path, or below it, is applied to the zone's
 * control plane. What no zone's path holds is applied to the global one.
 *
 * @param path as its user gives it: of a file or a folder, {@code REV:PATH} too; null for a zone of which only {@code .writ} files
 *     speak
 */
public record ZoneSources(String zone, @Nullable String path) {

    boolean hold(SourceSpan resource) {
        return path != null && absolute(resource.file().name()).startsWith(absolute(path));
    }

    /** Of two paths that hold the same file the longer one is meant. */
    int depth() {
        return path == null ? 0 : absolute(path).getNameCount();
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
