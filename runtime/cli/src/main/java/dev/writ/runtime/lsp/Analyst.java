package dev.writ.runtime.lsp;

import dev.writ.compiler.model.ModelOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the analysis of one policy root up to date. Changes that come while one is under way are taken together: that one is
 * given up at its next stage, and the next sees them all.
 */
final class Analyst {
    private final RootSources sources;
    private final ModelOptions options;
    private final KnownFiles known = new KnownFiles();
    private final Executor worker;
    private final Consumer<Analysis> whenDone;
    private final Consumer<Throwable> whenFailed;

    private Analysis latest;
    private long generation;
    private boolean isQueued;
    private @Nullable CompletableFuture<Analysis> awaited;

    private static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Superseded() {
            super(null, null, false, false);
        }
    }

    /** @param whenDone gets each analysis that is up to date when it is done, one after the other */
    Analyst(
            RootSources sources,
            ModelOptions options,
            Executor worker,
            Consumer<Analysis> whenDone,
            Consumer<Throwable> whenFailed) {
        this.sources = sources;
        this.options = options;
        this.worker = worker;
        this.whenDone = whenDone;
        this.whenFailed = whenFailed;
        this.latest = Analysis.empty(options);
    }

    /** A document or file changed. */
    synchronized void changed() {
        generation++;
        if (awaited == null) {
            awaited = new CompletableFuture<>();
        }
        if (!isQueued) {
            isQueued = true;
            worker.execute(this::run);
        }
    }

    /** Files changed on the disk. */
    void filesChanged() {
        sources.invalidate();
        changed();
    }

    /** What is known of the sources as they are now. */
    synchronized CompletableFuture<Analysis> current() {
        return awaited == null ? CompletableFuture.completedFuture(latest) : awaited.copy();
    }

    /** What was last known. */
    synchronized Analysis latest() {
        return latest;
    }

    private void run() {
        long mine;
        synchronized (this) {
            isQueued = false;
            mine = generation;
        }
        try {
            done(mine, Analysis.of(sources.read(), known, options, latest(), () -> refuseOld(mine)));
        } catch (Superseded newer) {
            // The change that came in between has queued the next run.
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError bug) {
            whenFailed.accept(bug);
            done(mine, latest());
        }
    }

    private synchronized void refuseOld(long mine) {
        if (generation != mine) {
            throw new Superseded();
        }
    }

    private void done(long mine, Analysis analysis) {
        CompletableFuture<Analysis> waiting;
        synchronized (this) {
            if (generation != mine) {
                return;
            }
            latest = analysis;
            waiting = awaited;
            awaited = null;
        }
        whenDone.accept(analysis);
        if (waiting != null) {
            waiting.complete(analysis);
        }
    }
}
