package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@code writ watch} that runs on a thread of its own, and what it has said since it was last asked. */
final class WatchRun implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Output output = new Output();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Thread thread;

    /** Both streams in one, for whoever waits for words. */
    private static final class Output extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            notifyAll();
        }

        /** All up to the end of the line with these words, which is taken away. */
        synchronized String until(String words) {
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                String text = toString(StandardCharsets.UTF_8);
                int at = text.indexOf(words);
                int end = at < 0 ? -1 : text.indexOf('\n', at);
                if (end >= 0) {
                    byte[] rest = text.substring(end + 1).getBytes(StandardCharsets.UTF_8);
                    reset();
                    super.write(rest, 0, rest.length);
                    return text.substring(0, end + 1);
                }
                long left = TimeUnit.NANOSECONDS.toMillis(patience - System.nanoTime());
                assertThat(left).as("waiting for `" + words + "` in:\n" + text).isPositive();
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private WatchRun(String... words) {
        PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
        thread = new Thread(
                () -> exit.complete(new WritCli(InputStream.nullInputStream(), print, print, Map.of()).run(words)),
                "writ-watch-test");
        thread.start();
    }

    static WatchRun of(Object... words) {
        return new WatchRun(Stream.concat(Stream.of("watch"), Stream.of(words).map(Object::toString))
                .toArray(String[]::new));
    }

    /** What it says until it waits for the next change. */
    String untilItWaits() {
        return output.until("; Ctrl-C ends");
    }

    /** Tells it to end; its exit code. */
    int end() throws Exception {
        thread.interrupt();
        return exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
