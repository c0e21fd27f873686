package dev.writ.runtime.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code writ watch} as a process that Ctrl-C ends. */
final class WatchProcessTest {
    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("writ.root")));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void ctrlCEndsItAndLeavesNothing() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Process process = start(temporary);
        List<ProcessHandle> below;
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(err.lines().anyMatch(line -> line.endsWith("; Ctrl-C ends")))
                    .isTrue();
            below = process.descendants().toList();
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(130);
        for (ProcessHandle one : below) {
            one.onExit().get(60, TimeUnit.SECONDS);
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("writ")))
                    .isEmpty();
        }
    }

    private static Process start(Path temporary) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=off:stderr",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.writ.runtime.cli.WritCli",
                "watch",
                "test",
                ROOT.resolve("features/kuma-demo/more-specific.feature").toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }
}
