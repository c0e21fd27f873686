package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.Artifact;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.envoy.SnapshotFormat;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.golden.Difference;
import dev.writ.runtime.golden.GoldenFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ golden}: the committed config of a policy against what it compiles to today. */
@Command(
        name = "golden",
        description = {
            "Compare what the sources compile to with the files committed in a folder.",
            "A snapshot that is new, changed or stale is a no."
        })
final class GoldenCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Where the snapshots are committed.")
    private Path folder = Path.of("");

    @ArgGroup
    private Mode mode = new Mode();

    private static final class Mode {
        @Option(names = "--update", description = "Write them anew (refused under CI).")
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
        Loaded loaded = Loaded.from(sources, invocation);
        invocation.report(loaded.errors());
        if (loaded.hasErrors()) {
            return loaded.exitCode();
        }
        DiagnosticSink sink = new DiagnosticSink();
        SortedMap<String, String> produced = produced(loaded, sink);
        invocation.report(sink.sorted());
        if (sink.hasErrors()) {
            return ExitCode.NO;
        }
        GoldenFiles golden = new GoldenFiles(folder, ArtifactLayout::isArtifact);
        List<Difference> differences = golden.compare(produced);
        differences.forEach(difference -> invocation.out().print(difference.diff()));
        if (mode.update) {
            golden.update(produced);
        }
        invocation.out().print(closing(differences, produced.size()));
        return mode.update || differences.isEmpty() ? ExitCode.FINE : ExitCode.NO;
    }

    private static SortedMap<String, String> produced(Loaded loaded, DiagnosticSink sink) {
        SortedMap<String, String> produced = new TreeMap<>();
        for (Artifact artifact : new Artifacts(
                        loaded.compilation(), SnapshotFormat.YAML, sink, Optional.empty(), UnaryOperator.identity())
                .emit(all -> true)) {
            WorkloadKey workload = artifact.workload();
            String folder = workload == null ? "" : workload.shortName() + "/";
            artifact.files()
                    .forEach((path, bytes) -> produced.put(folder + path, new String(bytes, StandardCharsets.UTF_8)));
        }
        return produced;
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
        return summary + "\n"
                + (counts.isEmpty()
                        ? ""
                        : "  = help: accept with `writ golden " + sources.asWords() + " --dir " + folder
                                + " --update`\n");
    }
}
