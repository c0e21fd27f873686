package dev.writ.runtime.cli;

import dev.writ.runtime.watch.FileWatch;
import dev.writ.runtime.watch.Fingerprints;
import dev.writ.runtime.watch.Inputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/** Runs a command, and again what a change affects, until its thread is interrupted or the process is told to end. */
final class WatchLoop {
    private final Invocation invocation;
    private final WatchedCommand command;

    WatchLoop(Invocation invocation, WatchedCommand command) {
        this.invocation = invocation;
        this.command = command;
    }

    /** A wrong command line, or one with nothing to read, ends at once; any other answer may be another one after the next change. */
    int run() throws IOException {
        try (FileWatch watch = new FileWatch()) {
            Inputs inputs = command.inputs();
            watch.follow(inputs.folders());
            // Before the run: what is saved meanwhile counts as changed.
            Fingerprints before = Fingerprints.of(inputs.files());
            int exit = command.run();
            if (before.isEmpty() || command.isWrong()) {
                return exit;
            }
            tell(before);
            while (!Thread.currentThread().isInterrupted()) {
                watch.await();
                inputs = command.inputs();
                watch.follow(inputs.folders());
                Fingerprints now = Fingerprints.of(inputs.files());
                SortedSet<Path> changed = now.changedSince(before);
                before = now;
                List<String> affected = command.affectedBy(changed);
                if (!changed.isEmpty() && !affected.isEmpty()) {
                    invocation.out().println();
                    invocation.out().flush();
                    invocation.progress(what(changed, affected.size()));
                    command.run(affected);
                    tell(before);
                }
            }
        } catch (InterruptedException e) {
            // Whoever watches is told to end.
        }
        return ExitCode.FINE;
    }

    private void tell(Fingerprints files) {
        invocation.out().flush();
        invocation.progress("watching " + Plural.of(files.count(), "file") + "; Ctrl-C ends");
    }

    private String what(SortedSet<Path> changed, int affected) {
        String one = shown(changed.first());
        String files = changed.size() == 1 ? one : one + " and " + Plural.of(changed.size() - 1, "other file");
        String part = command.isTest() ? ": " + affected + " of " + Plural.of(command.parts(), "feature") : "";
        return files + " changed" + part;
    }

    private static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return (path.startsWith(here) ? here.relativize(path) : path).toString();
    }
}
