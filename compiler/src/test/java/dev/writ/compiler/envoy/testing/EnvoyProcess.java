package dev.writ.compiler.envoy.testing;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real Envoy, started for a test and stopped with it. */
public final class EnvoyProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    private EnvoyProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** What {@code --mode validate} says of a config, started in its folder; empty if nothing is wrong. */
    public static String validate(Path config) throws IOException, InterruptedException {
        Path log = Files.createTempFile("envoy-validate", ".log");
        Process process = new ProcessBuilder(
                        EnvoyBinary.require().toString(),
                        "--mode",
                        "validate",
                        "-c",
                        String.valueOf(config.getFileName()))
                .directory(Objects.requireNonNull(config.toAbsolutePath().getParent())
                        .toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "no answer within " + PATIENCE;
        }
        String said = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        return process.exitValue() == 0 ? "" : said;
    }

    /** Starts Envoy in the config's folder, and waits until it listens on this Unix socket. */
    public static EnvoyProcess start(Path config, Path socket) throws IOException {
        Path folder = Objects.requireNonNull(config.toAbsolutePath().getParent());
        Path log = folder.resolve("envoy.log");
        Process process = new ProcessBuilder(
                        EnvoyBinary.require().toString(),
                        "-c",
                        String.valueOf(config.getFileName()),
                        "--use-dynamic-base-id",
                        "--reject-unknown-dynamic-fields",
                        "--concurrency",
                        "2",
                        "--file-flush-interval-msec",
                        "10",
                        "--log-level",
                        "warning")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        EnvoyProcess envoy = new EnvoyProcess(process, log);
        envoy.awaitListening(socket);
        return envoy;
    }

    private void awaitListening(Path socket) throws IOException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || Instant.now().isAfter(giveUp)) {
                    close();
                    throw new IOException("Envoy does not listen: " + Files.readString(log), notYet);
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
