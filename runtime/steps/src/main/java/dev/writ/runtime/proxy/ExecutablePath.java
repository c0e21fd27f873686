package dev.writ.runtime.proxy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What an environment says about where programs and caches are. */
record ExecutablePath(Map<String, String> environment) {
    /** The first executable of this name on {@code PATH}. */
    Optional<Path> find(String name) {
        String path = Objects.requireNonNullElse(environment.get("PATH"), "");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(ExecutablePath::isExecutable)
                .findFirst();
    }

    /** The folder for caches, by the XDG base directory specification: a relative {@code XDG_CACHE_HOME} does not count. */
    Path cache() {
        String cache = environment.get("XDG_CACHE_HOME");
        if (cache != null && !cache.isEmpty() && Path.of(cache).isAbsolute()) {
            return Path.of(cache);
        }
        String home = environment.get("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home, ".cache");
    }

    static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
