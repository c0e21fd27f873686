package dev.writ.runtime.cli;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.runtime.starter.ExistingSources;
import dev.writ.runtime.starter.ProjectFolder;
import dev.writ.runtime.starter.ProjectPlace;
import dev.writ.runtime.starter.Starter;
import dev.writ.runtime.starter.StarterKind;
import dev.writ.runtime.testing.FeatureSources;
import dev.writ.runtime.testing.SourceCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code writ init}: a project to start from. What it writes passes the other commands at once. */
@Command(
        name = "init",
        customSynopsis = {
            "@|bold writ init|@ [DIR] --kind kuma|envoy [--target TARGET]",
            "       @|bold writ init|@ [DIR] --from YAML... [--target TARGET]"
        },
        description = {
            "Make a project to start from: a policy, features that test it, its compiled config, CI and a README.",
            "Nothing that is there is written over."
        })
final class InitCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where to make it (default: here).")
    private Path folder = Path.of("");

    @ArgGroup
    private Content content = new Content();

    private static final class Content {
        @Option(
                names = "--kind",
                paramLabel = "kuma|envoy",
                description = "A small policy to be replaced: Kuma's YAML for a Kuma mesh, or Writ for plain Envoy.")
        private @Nullable StarterKind kind;

        @Option(
                names = "--from",
                arity = "1..*",
                paramLabel = "YAML",
                description =
                        "Files or folders of Kuma and Kubernetes YAML that you have, or - for stdin. What lies inside"
                                + " DIR is used where it is; other files are copied to DIR/policy.")
        private List<String> from = List.of();
    }

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            converter = TargetOption.Named.class,
            description = "What it is to be compiled for (default: kuma-2.14; with --kind envoy: envoy).")
    private @Nullable Target target;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    InitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        ProjectPlace place = ProjectPlace.of(folder);
        if (Files.exists(place.folder()) && !Files.isDirectory(place.folder())) {
            throw wrong("`" + folder + "` is there and is no folder");
        }
        StarterKind kind = content.kind;
        if (kind == null && content.from.isEmpty()) {
            throw wrong("say what to start from: --kind kuma, --kind envoy, or --from YAML that you have");
        }
        if (kind != null) {
            Target chosen = target == null ? kind.usualTarget() : target;
            if (!kind.fits(chosen)) {
                throw wrong("--kind " + kind + " does not go with --target " + chosen);
            }
            return write(Starter.of(kind, chosen, place), place, List.of());
        }
        return fromExisting(place);
    }

    private Integer fromExisting(ProjectPlace place) throws IOException {
        Target chosen = target == null ? StarterKind.KUMA.usualTarget() : target;
        if (chosen == Target.RESOURCES) {
            throw wrong("--from does not go with --target " + chosen);
        }
        DiagnosticSink sink = new DiagnosticSink();
        ExistingSources existing;
        try {
            existing = ExistingSources.read(content.from, invocation.in(), place, sink);
        } catch (ExistingSources.Refused refused) {
            throw wrong("--from: " + refused.getMessage());
        }
        if (sink.hasErrors()) {
            invocation.report(sink.sorted());
            return ExitCode.USAGE;
        }
        Compilation today = FeatureSources.read(existing.files(), new SourceCache(), true, sink)
                .withOptions(ModelOptions.DEFAULT.withTarget(chosen))
                .compile(sink);
        if (today.hasErrors()) {
            invocation.report(errors(today.diagnostics()));
            return refuse("`writ check` finds errors in the sources" + TargetOption.closing(chosen));
        }
        if (!Starter.isPossible(today)) {
            return refuse("the sources hold no workload that can be called: name the manifests or Dataplanes too");
        }
        List<String> kept = existing.sources().stream()
                .filter(source -> !existing.copied().keySet().stream().anyMatch(path -> path.startsWith(source + "/")))
                .toList();
        return write(Starter.of(existing, today, place), place, kept);
    }

    /** @param kept those of the sources that are there already */
    private int write(Starter starter, ProjectPlace place, List<String> kept) throws IOException {
        SortedMap<String, String> files = new TreeMap<>(starter.files());
        Optional<SortedMap<String, String>> golden = golden(starter, place, kept);
        if (golden.isEmpty()) {
            return ExitCode.NO;
        }
        files.putAll(golden.get());
        ProjectFolder project = new ProjectFolder(place.folder());
        List<String> inTheWay = project.inTheWay(files.keySet());
        if (!inTheWay.isEmpty()) {
            inTheWay.forEach(
                    path -> invocation.err().println("writ init: `" + folder.resolve(path) + "` is there already"));
            invocation.err().println("  = help: nothing was written; name another folder, or move these away");
            return ExitCode.USAGE;
        }
        List<String> left = project.left(files.keySet());
        List<String> written = project.write(files);
        invocation.out().print(new InitText(starter, folder, place).of(written, left));
        return ExitCode.FINE;
    }

    /** What {@code writ golden} makes of it, by that very command; empty, and said, if it cannot. */
    private Optional<SortedMap<String, String>> golden(Starter starter, ProjectPlace place, List<String> kept)
            throws IOException {
        Path stage = Files.createTempDirectory("writ-init");
        try {
            for (Map.Entry<String, String> file : starter.files().entrySet()) {
                if (!file.getKey().startsWith("..")) {
                    Path staged = stage.resolve(file.getKey());
                    Files.createDirectories(Objects.requireNonNull(staged.getParent()));
                    Files.writeString(staged, file.getValue());
                }
            }
            List<String> words = new ArrayList<>(List.of("golden"));
            starter.sources()
                    .forEach(source -> words.add((kept.contains(source) ? place.folder() : stage)
                            .resolve(source)
                            .toString()));
            words.addAll(List.of(
                    "--dir",
                    stage.resolve("golden").toString(),
                    "--target",
                    starter.target().id(),
                    "--update"));
            ByteArrayOutputStream trouble = new ByteArrayOutputStream();
            int exit = new WritCli(
                            InputStream.nullInputStream(),
                            new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                            new PrintStream(trouble, false, StandardCharsets.UTF_8),
                            Map.of())
                    .run(words.toArray(String[]::new));
            if (exit != ExitCode.FINE) {
                invocation.err().print(trouble.toString(StandardCharsets.UTF_8));
                refuse("the policy cannot be compiled" + TargetOption.closing(starter.target()));
                return Optional.empty();
            }
            SortedMap<String, String> made = new TreeMap<>();
            ProjectFolder.texts(stage.resolve("golden")).forEach((path, text) -> made.put("golden/" + path, text));
            return Optional.of(made);
        } finally {
            ProjectFolder.delete(stage);
        }
    }

    private int refuse(String why) {
        invocation.err().println("writ init: nothing was written: " + why);
        return ExitCode.NO;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private static List<Diagnostic> errors(List<Diagnostic> found) {
        return found.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
    }
}
