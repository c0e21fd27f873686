package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.runtime.golden.Difference;
import dev.writ.runtime.golden.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ golden}: the committed config of a policy against what it compiles to today. */
@Command(
        name = "golden",
        description = {
            "Compare what the sources compile to with the files committed in a folder.",
            "A snapshot that is new, changed or stale is a no.",
            "With --target repeated, each target has a folder of its own in DIR."
        })
final class GoldenCommand implements Callable<Integer> {
    /** Files without it are never removed or written over. */
    private static final String MARK =
            "# Made by `writ golden`, which also accepts changes (--update): not to be edited.\n";

    private final Invocation invocation;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Where the snapshots are committed.")
    private Path folder = Path.of("");

    @ArgGroup
    private Mode mode = new Mode();

    private static final class Mode {
        @Option(names = "--update", description = "Write them anew, and remove stale ones (refused where CI is set).")
        private boolean update;

        @Option(names = "--check", description = "Only compare (the default).")
        @SuppressWarnings("UnusedVariable") // says what happens anyway, and excludes --update
        private boolean check;
    }

    GoldenCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        if (mode.update && invocation.isContinuousIntegration()) {
            invocation.err().println("writ golden: --update is refused under CI: snapshots are accepted by people");
            return ExitCode.USAGE;
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            invocation.err().println("writ golden: `" + folder + "` is no folder");
            return ExitCode.USAGE;
        }
        List<Loaded> targets = Loaded.forTargets(sources, invocation);
        Collection<Diagnostic> errors = new LinkedHashSet<>();
        targets.forEach(loaded -> errors.addAll(loaded.errors()));
        invocation.report(List.copyOf(errors));
        if (!errors.isEmpty()) {
            return targets.stream().mapToInt(Loaded::exitCode).max().orElse(ExitCode.NO);
        }
        GoldenOutput output = GoldenOutput.of(targets);
        invocation.report(output.trouble());
        if (output.trouble().stream().anyMatch(found -> found.severity() == Severity.ERROR)) {
            return ExitCode.NO;
        }
        if (!mode.update && !Files.isDirectory(folder)) {
            invocation.err().println("writ golden: there is no folder `" + folder + "`: nothing is committed yet");
            invocation.err().println("  = help: write it with `" + accepting() + "`");
            return ExitCode.USAGE;
        }
        return compare(output);
    }

    private int compare(GoldenOutput output) throws IOException {
        GoldenFiles golden = new GoldenFiles(folder, GoldenOutput::isPath, MARK);
        List<Difference> differences = golden.compare(output.files());
        differences.forEach(difference -> invocation.out().print(shown(difference, output)));
        if (mode.update) {
            golden.update(output.files());
        }
        invocation.out().print(closing(differences, output.files().size()));
        boolean accepted = mode.update
                && differences.stream().noneMatch(difference -> difference.kind() == Difference.Kind.FOREIGN);
        return accepted || differences.isEmpty() ? ExitCode.FINE : ExitCode.NO;
    }

    // What is there on one side only is told, and not printed: a review shows the file itself.
    private static String shown(Difference difference, GoldenOutput output) {
        return switch (difference.kind()) {
            case CHANGED, FOREIGN -> difference.diff();
            case NEW ->
                difference.path() + ": new, "
                        + Plural.of((int) output.text(difference.path()).lines().count(), "line")
                        + "\n";
            case STALE -> difference.path() + ": stale, the sources do not come to it any more\n";
        };
    }

    private String closing(List<Difference> differences, int files) {
        List<String> counts = new ArrayList<>();
        for (Difference.Kind kind : Difference.Kind.values()) {
            long count = differences.stream()
                    .filter(difference -> difference.kind() == kind)
                    .count();
            if (count > 0) {
                counts.add(count + " " + kind);
            }
        }
        String summary = Plural.of(files, "snapshot file") + ": "
                + (counts.isEmpty() ? "all as committed" : String.join(", ", counts));
        if (mode.update) {
            return summary + (counts.isEmpty() ? "\n" : "; written\n");
        }
        boolean acceptable = differences.stream().anyMatch(difference -> difference.kind() != Difference.Kind.FOREIGN);
        return summary + "\n" + (!acceptable ? "" : "  = help: accept with `" + accepting() + "`\n");
    }

    private String accepting() {
        List<String> words = new ArrayList<>(List.of("writ", "golden"));
        words.addAll(sources.asWords());
        words.addAll(List.of("--dir", folder.toString(), "--update"));
        return ShellWords.of(words);
    }
}
