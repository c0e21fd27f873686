package dev.writ.runtime.cli;

import java.net.URI;
import java.net.URISyntaxException;

/** A source's name as SARIF wants it: a URI reference, relative where the path is. */
final class FileUri {
    private FileUri() {}

    static String of(String name) {
        String path = name.replace('\\', '/');
        try {
            // A colon in the first segment would read as a scheme.
            String safe = !path.startsWith("/") && path.contains(":") ? "./" + path : path;
            return path.startsWith("/")
                    ? new URI("file", "", path, null).toASCIIString()
                    : new URI(null, null, safe, null).toASCIIString();
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
