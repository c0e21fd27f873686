package dev.writ.compiler.envoy.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the Envoy that tests run against: {@code WRIT_ENVOY}, else the pinned one in the user's cache, else {@code envoy} on the
 * path. Without one a test is skipped with a visible line; under {@code CI=true} it fails.
 */
public final class EnvoyBinary {
    private static final String VERSION = "1.40.0";

    private EnvoyBinary() {}

    public static Path require() {
        Optional<Path> found =
                candidates().stream().filter(Files::isExecutable).findFirst().map(Path::toAbsolutePath);
        if (found.isPresent()) {
            return found.get();
        }
        String message = "NOT TESTED with Envoy: none found (WRIT_ENVOY, the cache of `writ envoy install`, PATH)";
        if ("true".equals(System.getenv("CI"))) {
            return Assertions.fail(message);
        }
        System.out.println(message);
        Assumptions.abort(message);
        throw new AssertionError("a test goes on without Envoy");
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        Optional<String> chosen =
                Optional.ofNullable(System.getenv("WRIT_ENVOY")).filter(path -> !path.isEmpty());
        if (chosen.isPresent()) {
            // A wrong choice is an error to be seen, not a reason to take another one.
            Path path = Path.of(chosen.get());
            Assertions.assertTrue(Files.isExecutable(path), () -> "WRIT_ENVOY is no executable file: " + path);
            return List.of(path);
        }
        Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        candidates.add(cache.resolve("writ").resolve("envoy").resolve(VERSION).resolve("envoy"));
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)) {
            if (!folder.isEmpty()) {
                candidates.add(Path.of(folder, "envoy"));
            }
        }
        return candidates;
    }
}
