package dev.writ.runtime.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where features are on disk, and how a path is shown to people. */
final class FeaturePaths {
    private FeaturePaths() {}

    /** The file of a feature that Cucumber found; {@code classpath:} is where other runners find theirs. */
    static Path of(URI uri) {
        if (!"classpath".equals(uri.getScheme())) {
            return Path.of(uri).toAbsolutePath().normalize();
        }
        String name = uri.getSchemeSpecificPart().replaceFirst("^/+", "");
        URL url = Thread.currentThread().getContextClassLoader().getResource(name);
        try {
            if (url != null && "file".equals(url.getProtocol())) {
                return Path.of(url.toURI()).toAbsolutePath().normalize();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has an entry that is no URI: " + url, e);
        }
        throw ExpectationNotMet.of("the feature `" + uri
                + "` is no file, so that paths relative to it lead nowhere; run it from a folder");
    }

    /** Relative to the working directory, if it is inside. */
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath().normalize();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the feature " + path + " was there a moment ago", e);
        }
    }
}
