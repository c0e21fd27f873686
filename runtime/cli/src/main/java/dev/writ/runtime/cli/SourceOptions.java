package dev.writ.runtime.cli;

import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            description =
                    "Files, folders (their YAML, JSON and .writ files, in the order of their names), REV:PATH of git, or - for stdin;"
                            + " of a .feature what its Background declares; a SPIRE server's configuration (*.conf, *.hcl) gives its trust domain.")
    private List<String> sources = List.of();

    @Option(
            names = {"-R", "--recursive"},
            description = "Read the folders inside folders too.")
    private boolean recursive;

    @Mixin
    private ControlPlaneOptions controlPlane = new ControlPlaneOptions();

    /** Those that were named, and those of the zones, without the configuration of a SPIRE server. */
    List<String> sources() {
        List<String> all = new ArrayList<>(sources);
        all.removeIf(SpireServerConfig::isOne);
        all.addAll(controlPlane.zonePaths());
        if (all.isEmpty()) {
            throw new ParameterException(command.commandLine(), "missing required parameter: 'SRC'");
        }
        return all;
    }

    boolean recursive() {
        return recursive;
    }

    /** Whether the command line says what to compile for. */
    boolean targetIsChosen() {
        return !controlPlane.targets().isEmpty();
    }

    /** The targets that the command line names, for a command that takes several. */
    List<Target> targets() {
        return controlPlane.targets();
    }

    /** The same sources again, as words of a command line. */
    List<String> asWords() {
        List<String> words = new ArrayList<>(sources);
        if (recursive) {
            words.add("-R");
        }
        words.addAll(controlPlane.asWords());
        return words;
    }

    /**
     * @param files what was read, among which the configuration of a SPIRE server may be
     * @param usual what holds where the command line says nothing
     */
    ModelOptions compilerOptions(List<SourceFile> files, ModelOptions usual) {
        return compilerOptions(files, usual, targetIsChosen() ? controlPlane.target() : usual.target());
    }

    /** The same for one of several targets. */
    ModelOptions compilerOptions(List<SourceFile> files, ModelOptions usual, Target target) {
        ModelOptions options = controlPlane.compilerOptions(target, usual);
        return options.spireTrustDomain() == null
                ? spireTrustDomain(files).map(options::withSpireTrustDomain).orElse(options)
                : options;
    }

    private Optional<String> spireTrustDomain(List<SourceFile> files) {
        for (String source : sources) {
            if (SpireServerConfig.isOne(source)) {
                return Optional.of(spireTrustDomain(source));
            }
        }
        return SpireServerConfig.trustDomain(files);
    }

    private String spireTrustDomain(String source) {
        try {
            return SpireServerConfig.trustDomain(Path.of(source))
                    .orElseThrow(() -> new ParameterException(
                            command.commandLine(),
                            "`" + source + "`: no configuration of a SPIRE server: it names no one `trust_domain`"));
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "`" + source + "` cannot be read", e);
        }
    }
}
