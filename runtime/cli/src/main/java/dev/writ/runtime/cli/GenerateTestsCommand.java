package dev.writ.runtime.cli;

import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.ZoneSources;
import dev.writ.runtime.mutation.GeneratedFeature;
import dev.writ.runtime.mutation.MutantResult;
import dev.writ.runtime.testing.feature.WrittenSteps.Place;
import dev.writ.runtime.testing.feature.WrittenSteps.WrittenStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code writ generate-tests}: a feature that pins what a policy decides now, for those who have none. */
@Command(
        name = "generate-tests",
        description =
                "Write a feature that says what the policy of the sources decides now: who reaches each workload, who stays"
                        + " out, at the edges of each rule, so that no rule can be changed and all scenarios still pass.")
final class GenerateTestsCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--out", paramLabel = "FILE.feature", description = "Where to write it (default: stdout).")
    private @Nullable Path out;

    @Option(
            names = {"--force", "--update"},
            description = "Write over a file that is there.")
    private boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    GenerateTestsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        Path file = out;
        if (file != null && !file.toString().endsWith(".feature")) {
            throw new ParameterException(
                    command.commandLine(), "--out: `" + file + "`: the file of a feature ends in `.feature`");
        }
        if (file != null && Files.exists(file) && !force) {
            throw new ParameterException(
                    command.commandLine(), "--out: `" + file + "` is there already; --update writes over it");
        }
        sources.sources().forEach(this::requireNameable);
        Loaded loaded = Loaded.from(sources, invocation);
        if (loaded.hasErrors()) {
            invocation.report(loaded.errors());
            return loaded.exitCode();
        }
        if (loaded.compilation().policy().workloads().isEmpty()) {
            invocation.err().println("writ generate-tests: the sources hold no workload that could be called");
            return ExitCode.NO;
        }
        ModelOptions options = sources.compilerOptions(loaded.files(), ModelOptions.DEFAULT);
        GeneratedFeature feature =
                GeneratedFeature.of(loaded.compilation(), background(options), String.join(", ", names()));
        write(feature, file);
        return ExitCode.FINE;
    }

    /** What a step can say. */
    private void requireNameable(String source) {
        if (source.equals("-") || source.endsWith(".feature") || !Files.exists(Path.of(source))) {
            String why = source.endsWith(".feature")
                    ? "is a feature already: `writ test --write-missing` adds what it does not tell"
                    : "is no file or folder that a step of a feature could name";
            throw new ParameterException(command.commandLine(), "`" + source + "` " + why);
        }
        if (sources.recursive() && Files.isDirectory(Path.of(source))) {
            throw new ParameterException(
                    command.commandLine(),
                    "a step of a feature reads a folder without those in it: name the folders one by one, without -R");
        }
    }

    private List<String> names() {
        return sources.sources().stream()
                .map(source -> {
                    Path name = Path.of(source).toAbsolutePath().normalize().getFileName();
                    return name == null ? source : name.toString();
                })
                .toList();
    }

    private List<WrittenStep> background(ModelOptions options) {
        List<WrittenStep> steps = new ArrayList<>();
        if (options.target() != Target.ENVOY) {
            steps.add(step("the target \"" + options.target().id() + "\""));
        }
        if (!options.zone().equals(ModelOptions.DEFAULT.zone())) {
            steps.add(step("the zone is \"" + options.zone() + "\""));
        }
        List<String> ofZones = options.zones().stream().map(ZoneSources::path).toList();
        sources.sources().stream()
                .filter(source -> !ofZones.contains(source))
                .forEach(source -> steps.add(step("the resources in \"" + relative(Path.of(source)) + "\"")));
        for (ZoneSources zone : options.zones()) {
            String path = zone.path();
            if (path != null) {
                steps.add(step(
                        "the zone \"" + zone.zone() + "\" with the resources in \"" + relative(Path.of(path)) + "\""));
            }
        }
        Optional.ofNullable(options.files())
                .ifPresent(files -> steps.add(step("the files of the control plane in \"" + relative(files) + "\"")));
        Optional.ofNullable(options.spireTrustDomain())
                .ifPresent(name -> steps.add(step("the trust domain of the SPIRE server is \"" + name + "\"")));
        Optional.ofNullable(options.tokenWorkload())
                .ifPresent(name -> steps.add(step("the dataplane tokens carry the workload \"" + name + "\"")));
        requireSaid(options);
        return steps;
    }

    private void requireSaid(ModelOptions options) {
        ModelOptions usual = ModelOptions.DEFAULT;
        if (!options.systemNamespaces().equals(usual.systemNamespaces())
                || options.defaultNamespace() != null
                || options.assumeInjected()
                || !options.workloadLabels().isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "no step of a feature says --system-namespace, --namespace, --assume-injected or --workload-label:"
                            + " say it in the sources");
        }
    }

    private static WrittenStep step(String sentence) {
        return new WrittenStep(Place.FEATURE, sentence, Optional.empty(), "", List.of());
    }

    /** From where the feature stands. */
    private String relative(Path path) {
        Path file = out;
        Path folder = file == null
                ? Path.of("").toAbsolutePath()
                : file.toAbsolutePath().normalize().getParent();
        Path whole = path.toAbsolutePath().normalize();
        String relative =
                folder == null ? whole.toString() : folder.relativize(whole).toString();
        return relative.isEmpty() ? "." : relative.replace('\\', '/');
    }

    private void write(GeneratedFeature feature, @Nullable Path file) throws IOException {
        if (file == null) {
            invocation.out().print(feature.text());
        } else {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, feature.text());
        }
        invocation
                .err()
                .println((file == null ? "" : file + ": ") + Plural.of(feature.scenarios(), "scenario") + "; "
                        + (feature.left().isEmpty()
                                ? "they tell all of " + Plural.of(feature.mutants(), "changed rule")
                                : feature.left().size() + " of " + Plural.of(feature.mutants(), "changed rule")
                                        + " they may not tell:"));
        for (MutantResult.Open open : feature.left()) {
            invocation.err().println(MutationText.line("survived", open.mutant()) + ": " + open.reason());
        }
    }
}
