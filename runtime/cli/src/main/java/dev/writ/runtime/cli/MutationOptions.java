package dev.writ.runtime.cli;

import dev.writ.runtime.mutation.FeatureMutation;
import dev.writ.runtime.mutation.MissingFeature;
import dev.writ.runtime.mutation.MissingScenario;
import dev.writ.runtime.testing.FeatureResults;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code writ test} says of mutants, where it is asked to. */
final class MutationOptions {
    private static final int PROGRESS_STEP = 250;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--mutate",
            description = "Change each rule in the ways that rules go wrong, and show which changes no scenario tells.")
    private boolean mutate;

    @Option(
            names = "--min-mutation",
            paramLabel = "PERCENT",
            description = "Fail if fewer of the mutants than this are told.")
    private @Nullable Integer minimum;

    @Option(
            names = "--write-missing",
            paramLabel = "FILE",
            description = "Write a feature with the scenarios that would tell the others.")
    private @Nullable Path missing;

    @Option(names = "--mutation-json", paramLabel = "FILE", description = "Write what became of each mutant, as JSON.")
    private @Nullable Path json;

    private Optional<FeatureMutation> found = Optional.empty();

    /** What the report was about; empty before it, and where there was none. */
    Optional<FeatureMutation> found() {
        return found;
    }

    private boolean isAsked() {
        return mutate || minimum != null || missing != null || json != null;
    }

    /** Before anything is run: a long run is not to end with wrong usage. */
    void check() {
        if (minimum != null && (minimum < 0 || minimum > 100)) {
            throw new ParameterException(
                    command.commandLine(), "--min-mutation: `" + minimum + "` is no percentage from 0 to 100");
        }
        Path file = missing;
        if (file != null && !file.toString().endsWith(".feature")) {
            throw new ParameterException(
                    command.commandLine(), "--write-missing: `" + file + "`: the file of a feature ends in `.feature`");
        }
        if (file != null && Files.exists(file)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--write-missing: `" + file + "` is there already: name another file, or take it away");
        }
    }

    /**
     * What mutants come to after a run.
     *
     * @param out where it is told
     * @param exit of the run
     * @return the exit code of both
     */
    int report(FeatureResults results, int exit, Invocation invocation, PrintStream out) throws IOException {
        if (!isAsked() || exit != ExitCode.FINE) {
            if (isAsked() && exit == ExitCode.NO) {
                invocation.err().println("writ test: no mutants are made while scenarios fail");
            }
            return exit;
        }
        FeatureMutation mutation = FeatureMutation.of(results.judged(), progress(invocation));
        found = Optional.of(mutation);
        endProgress(invocation);
        out.print(new MutationText(mutation).text());
        if (json != null) {
            Files.writeString(json, Json.text(MutationJson.of(mutation)));
        }
        write(mutation, out);
        Integer least = minimum;
        if (least == null || mutation.results().score() >= least) {
            return exit;
        }
        out.println("mutation: below the " + least + " % that --min-mutation asks for");
        return ExitCode.NO;
    }

    private void write(FeatureMutation mutation, PrintStream out) throws IOException {
        Path file = missing;
        if (file == null) {
            return;
        }
        List<MissingScenario> scenarios = List.copyOf(mutation.scenarios().values());
        if (scenarios.isEmpty()) {
            out.println("nothing is missing: " + file + " is not written");
            return;
        }
        Files.writeString(file, MissingFeature.text(scenarios, file));
        out.println(Plural.of(scenarios.size(), "scenario") + " written to " + file);
    }

    private static IntConsumer progress(Invocation invocation) {
        return done -> {
            if (invocation.colourErr() && done % PROGRESS_STEP == 0) {
                invocation.err().print("\rwrit: " + done + " mutants");
                invocation.err().flush();
            }
        };
    }

    private static void endProgress(Invocation invocation) {
        if (invocation.colourErr()) {
            invocation.err().print("\r\u001b[K");
            invocation.err().flush();
        }
    }
}
