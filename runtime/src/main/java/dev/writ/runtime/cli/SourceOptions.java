package dev.writ.runtime.cli;

import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command that reads sources takes. */
final class SourceOptions {
    @Parameters(
            arity = "1..*",
            paramLabel = "SRC",
            description = "Files, folders (their YAML and JSON files, in the order of their names), or - for stdin.")
    private List<String> sources = List.of();

    @Option(
            names = {"-R", "--recursive"},
            description = "Read the folders inside folders too.")
    private boolean recursive;

    @Mixin
    private ControlPlaneOptions controlPlane = new ControlPlaneOptions();

    List<String> sources() {
        return sources;
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
