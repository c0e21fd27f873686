package dev.writ.runtime.proxy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that ends with this Java process, in whatever way the latter can still notice, and takes along what it has started
 * itself: what is named {@code envoy} may be a script with the real one below it.
 */
final class OwnedProcess {
    private static final long GRACE_SECONDS = 2;

    private final Thread onExit = new Thread(this::killAtExit, "writ-envoy-exit");
    private @Nullable Process process;
    private boolean exiting;

    private OwnedProcess() {}

    /** Starts one. The hook is there first, and waits for a start that is under way: none slips through between the two. */
    static OwnedProcess start(ProcessBuilder builder) throws IOException {
        OwnedProcess owned = new OwnedProcess();
        try {
            Runtime.getRuntime().addShutdownHook(owned.onExit);
            owned.startUnlessExiting(builder);
        } catch (IllegalStateException e) {
            throw new EnvoyFailure("interrupted before Envoy started", "");
        } catch (IOException e) {
            owned.removeExitHook();
            throw e;
        }
        return owned;
    }

    synchronized Process process() {
        if (process == null) {
            throw new IllegalStateException("the process has not been started");
        }
        return process;
    }

    /** Asks it to end, and after some patience makes it. */
    void end() {
        Process running = process();
        // Once it has ended nobody knows what was below it.
        List<ProcessHandle> below = running.descendants().toList();
        running.destroy();
        try {
            if (!running.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                running.waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            // An interrupt ends the patience, not the promise that it has ended.
            running.onExit().join();
            Thread.currentThread().interrupt();
        }
        below.forEach(ProcessHandle::destroyForcibly);
        removeExitHook();
    }

    private synchronized void startUnlessExiting(ProcessBuilder builder) throws IOException {
        if (exiting) {
            throw new IllegalStateException("the Java process is ending");
        }
        process = builder.start();
    }

    private synchronized void killAtExit() {
        exiting = true;
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void removeExitHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The Java process is ending: the hook has run or runs now.
        }
    }
}
