package dev.writ.runtime.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A running Envoy with a config of ours. It ends when this is closed or the Java process ends, in whatever way the latter can
 * still notice.
 */
public final class EnvoyProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 5;
    private static final long LAST_OUTPUT_MILLIS = 2_000;
    private static final int LOG_TAIL_BYTES = 16_384;

    private final Path binary;
    private final OwnedProcess owned;
    private final Process process;
    private final Path log;
    private final Path adminAddress;
    private final Thread reader;

    private EnvoyProcess(Path binary, OwnedProcess owned, Path log, Path adminAddress, Thread reader) {
        this.binary = binary;
        this.owned = owned;
        this.process = owned.process();
        this.log = log;
        this.adminAddress = adminAddress;
        this.reader = reader;
    }

    /**
     * Starts Envoy and waits until it is ready.
     *
     * @param folder its working directory, which holds the config; its log and its admin address go there too
     * @param config the config's file name in it
     * @param output gets each line that Envoy writes to its standard output, on a thread of its own
     * @throws EnvoyFailure if it does not start, or refuses the config
     */
    public static EnvoyProcess start(Path binary, Path folder, String config, Consumer<String> output) {
        return start(binary, folder, config, output, START_LIMIT);
    }

    /** @param limit how long it may take until it is ready */
    static EnvoyProcess start(Path binary, Path folder, String config, Consumer<String> output, Duration limit) {
        Path log = folder.resolve("envoy.log");
        Path adminAddress = folder.resolve("admin-address");
        // Hot restart is off: it would leave a shared memory segment behind with each process.
        List<String> command = List.of(
                binary.toString(),
                "-c",
                config,
                "--disable-hot-restart",
                "--concurrency",
                "1",
                "--log-level",
                "warning",
                "--admin-address-path",
                adminAddress.getFileName().toString(),
                "--file-flush-interval-msec",
                "10",
                "--reject-unknown-dynamic-fields");
        OwnedProcess owned;
        try {
            owned = OwnedProcess.start(
                    new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile()));
            owned.process().getOutputStream().close();
        } catch (IOException e) {
            throw new EnvoyFailure("cannot start Envoy: `" + binary + "` is not a program for this machine", "");
        }
        Thread reader = Thread.ofPlatform().daemon().name("writ-envoy-output").unstarted(() -> {
            try (BufferedReader lines = owned.process().inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(output);
            } catch (IOException | UncheckedIOException e) {
                // The stream ends with the process, in a way that depends on the moment.
            }
        });
        EnvoyProcess envoy = new EnvoyProcess(binary, owned, log, adminAddress, reader);
        reader.start();
        try {
            envoy.awaitReady(limit);
        } catch (RuntimeException | Error e) {
            envoy.close();
            throw e;
        }
        return envoy;
    }

    /** The ports that listeners were given, by the listeners' names. */
    public Map<String, Integer> listenerPorts() {
        try {
            return admin().listenerPorts();
        } catch (IOException e) {
            throw failure("Envoy does not tell its listeners");
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** A failure with what Envoy said last; if it has ended, that is what the line says. */
    public EnvoyFailure failure(String line) {
        return new EnvoyFailure(
                process.isAlive() ? line : "Envoy ended with exit status " + process.exitValue() + lastWords(),
                logTail());
    }

    /** Runs an action when Envoy has ended, by itself or closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // There is nothing to do after the action.
    void onEnd(Runnable action) {
        process.onExit().whenComplete((ended, failure) -> action.run());
    }

    @Override
    public void close() {
        owned.end();
        try {
            // Somebody else may have been left with the other end of it.
            reader.join(LAST_OUTPUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new EnvoyFailure(
                        "Envoy (`" + binary + "`) did not start: exit status " + process.exitValue() + lastWords(),
                        logTail());
            }
            if (System.nanoTime() > deadline) {
                throw failure("Envoy (`" + binary + "`) was not ready after " + limit.toSeconds() + " seconds");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure("interrupted while Envoy started");
            }
        }
    }

    private boolean isReady() {
        try {
            return Files.exists(adminAddress) && Files.size(adminAddress) > 0 && process.isAlive() && admin().isReady();
        } catch (IOException e) {
            return false;
        }
    }

    private AdminInterface admin() throws IOException {
        return new AdminInterface(
                Files.readString(adminAddress, StandardCharsets.UTF_8).strip());
    }

    /** The line of the log that most likely says why: what Envoy calls critical first, the rest is chatter. */
    private String lastWords() {
        List<String> lines = logTail().lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .filter(line -> line.contains("[critical]"))
                .findFirst()
                .or(() -> lines.stream().reduce((first, last) -> last))
                .map(line ->
                        ": " + line.replaceFirst("^(\\[[^\\]]*] ?)+[: ]*", "").strip())
                .orElse("");
    }

    private String logTail() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - LOG_TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
