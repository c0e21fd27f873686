package dev.writ.runtime.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real browser without a window.
 *
 * @param folder for its profile and what it writes
 */
public record Chromium(Path binary, Path folder) {
    private static final long MINUTES = 3;

    /** The one of the machine. Without one the test is skipped, and a line says so; in CI only where none can be installed. */
    public static Chromium find(Path folder, String what) {
        Optional<Path> found = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(path -> Path.of(path, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            System.out.println("no chromium on PATH: " + what + " was not looked at in a browser");
            if (!"true".equals(System.getenv("WRIT_WITHOUT_BROWSER"))) {
                assertThat(System.getenv("CI")).as("CI has Chromium").isNotEqualTo("true");
            }
        }
        assumeTrue(found.isPresent());
        return new Chromium(found.get(), folder);
    }

    /** The page's DOM when its script has run. */
    public String dom(String page, String fragment) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("page.html"), page);
        Path out = folder.resolve("dom.html");
        Process process = new ProcessBuilder(List.of(
                        binary.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        file.toUri() + fragment))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }
}
