package dev.writ.runtime.lsp;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/** A document's URI and the name that findings call it by: the path of a file, the URI itself of anything else. */
final class Uris {
    private Uris() {}

    /** The path of a file; empty for what is none ({@code untitled:Untitled-1}). */
    static Optional<Path> path(String uri) {
        try {
            URI parsed = URI.create(uri);
            return "file".equalsIgnoreCase(parsed.getScheme())
                    ? Optional.of(Path.of(parsed).toAbsolutePath().normalize())
                    : Optional.empty();
        } catch (IllegalArgumentException | FileSystemNotFoundException noPath) {
            return Optional.empty();
        }
    }

    static String name(String uri) {
        return path(uri).map(Path::toString).orElse(uri);
    }

    /** The URI of a name that no open document has. */
    static String of(String name) {
        Path path = Path.of(name);
        return path.isAbsolute() ? path.toUri().toString() : name;
    }
}
