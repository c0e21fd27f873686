package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.Artifact;
import dev.writ.compiler.envoy.ArtifactWriter;
import dev.writ.compiler.envoy.SnapshotFormat;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.proof.TranslationProof;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code writ compile}: a folder of Envoy config for each workload. With an error, nothing is written. */
@Command(
        name = "compile",
        description = {
            "Write the config of every workload into a folder named like it: all that Envoy needs, or what a version of"
                    + " Kuma would send it.",
            "Files of workloads that are gone are removed; secrets/ is left to writ issue."
        })
final class CompileCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final UnaryOperator<WorkloadPolicy> emitted;
    private final @Nullable EarlierArtifacts earlier;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write it.")
    private Path out = Path.of("");

    @Option(names = "--format", paramLabel = "yaml|json|binary", description = "The config's form (default: yaml).")
    private SnapshotFormat format = SnapshotFormat.YAML;

    @Option(
            names = "--no-proof",
            description = "Do not prove that what is written decides every call as the policy does.")
    private boolean noProof;

    @Mixin
    private WorkloadOption workload = new WorkloadOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    CompileCommand(Invocation invocation) {
        this(invocation, UnaryOperator.identity(), null);
    }

    /** @param earlier what the runs before this one wrote, which is not written again; null: all is written */
    CompileCommand(Invocation invocation, @Nullable EarlierArtifacts earlier) {
        this(invocation, UnaryOperator.identity(), earlier);
    }

    /** @param emitted what the emitters are given of a policy */
    CompileCommand(Invocation invocation, UnaryOperator<WorkloadPolicy> emitted) {
        this(invocation, emitted, null);
    }

    private CompileCommand(
            Invocation invocation, UnaryOperator<WorkloadPolicy> emitted, @Nullable EarlierArtifacts earlier) {
        this.invocation = invocation;
        this.emitted = emitted;
        this.earlier = earlier;
    }

    @Override
    public Integer call() {
        Loaded loaded = Loaded.from(sources, invocation);
        if (loaded.target() == Target.RESOURCES && !workload.isAll()) {
            throw new ParameterException(
                    command.commandLine(),
                    "the target `resources` is written for all workloads together: leave out --workload");
        }
        invocation.report(loaded.atLeast(Severity.WARNING));
        if (loaded.hasErrors()) {
            return loaded.exitCode();
        }
        DiagnosticSink sink = new DiagnosticSink();
        Predicate<Workload> all = workload.chosen(loaded.compilation().model(), sink);
        if (sink.hasErrors()) {
            invocation.report(sink.sorted());
            return ExitCode.USAGE;
        }
        return earlier == null ? write(loaded, all, sink) : writeChanged(earlier, loaded, all, sink);
    }

    /** Without a proof first: only what is written needs one. */
    private int writeChanged(EarlierArtifacts before, Loaded loaded, Predicate<Workload> all, DiagnosticSink sink) {
        List<Artifact> now = new Artifacts(loaded.compilation(), format, sink, Optional.empty(), emitted).emit(all);
        if (sink.hasErrors()) {
            invocation.report(sink.sorted());
            return ExitCode.NO;
        }
        if (before.isSame(now)) {
            invocation.out().println("nothing to write: no config has changed");
            return ExitCode.FINE;
        }
        int exit = write(loaded, all.and(workload -> before.isChanged(workload, now)), new DiagnosticSink());
        if (exit == ExitCode.FINE) {
            before.replace(now);
        }
        return exit;
    }

    private int write(Loaded loaded, Predicate<Workload> chosen, DiagnosticSink sink) {
        Optional<TranslationProof> proof = noProof || loaded.target() == Target.RESOURCES
                ? Optional.empty()
                : Optional.of(new TranslationProof(loaded.target()));
        List<Artifact> artifacts = new Artifacts(loaded.compilation(), format, sink, proof, emitted).emit(chosen);
        if (sink.hasErrors()) {
            invocation.report(sink.sorted());
            return ExitCode.NO;
        }
        if (proof.isPresent() && !proof.get().mismatches().isEmpty()) {
            invocation.err().print(ProofText.mismatches(proof.get()));
            return ExitCode.BUG;
        }
        Optional<ArtifactWriter.Written> written = ArtifactWriter.write(out, artifacts, others(loaded, chosen), sink);
        invocation.report(sink.sorted());
        if (written.isEmpty()) {
            return ExitCode.USAGE;
        }
        if (earlier != null) {
            written.get().written().forEach(path -> invocation.out().println(out.resolve(path)));
        }
        int workloads = loaded.target() == Target.RESOURCES
                ? loaded.compilation().model().workloads().size()
                : artifacts.size();
        invocation.out().print(closing(loaded.target(), workloads, written.get().removed()));
        proof.map(ProofText::claim).ifPresent(invocation.out()::print);
        return ExitCode.FINE;
    }

    private static List<WorkloadKey> others(Loaded loaded, Predicate<Workload> chosen) {
        return loaded.compilation().model().workloads().stream()
                .filter(chosen.negate())
                .map(Workload::key)
                .toList();
    }

    private String closing(Target target, int workloads, List<String> removed) {
        StringBuilder text = new StringBuilder();
        removed.forEach(path -> text.append(out.resolve(path)).append(": removed\n"));
        String what = TargetOption.closing(target);
        return text + Plural.of(workloads, "workload") + " compiled" + what + " into " + out + "\n";
    }
}
