package dev.writ.runtime.cli;

import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command that reads sources takes. */
final class SourceOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Parameters(
            arity = "0..*",
            paramLabel = "SRC",
            description = "Files, folders (their YAML and JSON files, in the order of their names), or - for stdin.")
    private List<String> sources = List.of();

    @Option(
            names = {"-R", "--recursive"},
            description = "Read the folders inside folders too.")
    private boolean recursive;

    @Mixin
    private ControlPlaneOptions controlPlane = new ControlPlaneOptions();

    /** Those that were named, and those of the zones. */
    List<String> sources() {
        List<String> all = new ArrayList<>(sources);
        all.addAll(controlPlane.zonePaths());
        if (all.isEmpty()) {
            throw new ParameterException(command.commandLine(), "missing required parameter: 'SRC'");
        }
        return all;
    }

    boolean recursive() {
        return recursive;
    }

    Target target() {
        return controlPlane.target();
    }

    /** The same sources again, as words of a command line. */
    String asWords() {
        List<String> words = new ArrayList<>(sources);
        if (recursive) {
            words.add("-R");
        }
        words.addAll(controlPlane.asWords());
        return String.join(" ", words);
    }

    ModelOptions compilerOptions() {
        return controlPlane.compilerOptions();
    }
}
