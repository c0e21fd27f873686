package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.ArtifactWriter;
import dev.writ.compiler.envoy.SnapshotFormat;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ compile}: a folder of Envoy config for each workload. With an error, nothing is written. */
@Command(
        name = "compile",
        description = {
            "Write the Envoy config of every workload into a folder named like it.",
            "Files of workloads that are gone are removed; secrets/ is left to writ issue."
        })
final class CompileCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write it.")
    private Path out = Path.of("");

    @Mixin
    @SuppressWarnings("UnusedVariable") // refuses what is not supported; there is nothing to choose yet
    private Target target = new Target();

    @Option(names = "--format", paramLabel = "yaml|json|binary", description = "The bootstrap's form (default: yaml).")
    private SnapshotFormat format = SnapshotFormat.YAML;

    @Mixin
    private WorkloadOption workload = new WorkloadOption();

    CompileCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Loaded loaded = Loaded.from(sources, invocation);
        invocation.report(loaded.atLeast(Severity.WARNING));
        if (loaded.hasErrors()) {
            return loaded.exitCode();
        }
        DiagnosticSink sink = new DiagnosticSink();
        Predicate<Workload> chosen = workload.chosen(loaded.compilation().model(), sink);
        if (sink.hasErrors()) {
            invocation.report(sink.sorted());
            return ExitCode.USAGE;
        }
        Artifacts artifacts = Artifacts.of(loaded.compilation().policy().workloads(), chosen, sink);
        if (sink.hasErrors()) {
            invocation.report(sink.sorted());
            return ExitCode.NO;
        }
        Optional<ArtifactWriter.Written> written = ArtifactWriter.write(
                out, List.copyOf(artifacts.byFolder().values()), format, others(loaded, chosen), sink);
        invocation.report(sink.sorted());
        if (written.isEmpty()) {
            return ExitCode.USAGE;
        }
        invocation
                .out()
                .print(closing(artifacts.byFolder().size(), written.get().removed()));
        return ExitCode.FINE;
    }

    private static List<WorkloadKey> others(Loaded loaded, Predicate<Workload> chosen) {
        return loaded.compilation().model().workloads().stream()
                .filter(chosen.negate())
                .map(Workload::key)
                .toList();
    }

    private String closing(int workloads, List<String> removed) {
        StringBuilder text = new StringBuilder();
        removed.forEach(path -> text.append(out.resolve(path)).append(": removed\n"));
        return text + Plural.of(workloads, "workload") + " compiled into " + out + "\n";
    }
}
