package dev.writ.runtime.cli;

import dev.writ.compiler.model.ModelOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            arity = "1..*",
            paramLabel = "SRC",
            description = "Files, folders (their YAML and JSON files, in the order of their names), or - for stdin.")
    private List<String> sources = List.of();

    @Option(
            names = {"-R", "--recursive"},
            description = "Read the folders inside folders too.")
    private boolean recursive;

    @Option(names = "--zone", paramLabel = "NAME", description = "The zone of the control plane (default: default).")
    private String zone = ModelOptions.DEFAULT.zone();

    @Option(
            names = "--system-namespace",
            paramLabel = "NAME",
            description = "A control plane's namespace, whose policies apply mesh-wide; repeat it for several"
                    + " (default: kuma-system and kong-mesh-system).")
    private @Nullable List<String> systemNamespaces;

    @Option(names = "--namespace", paramLabel = "NAME", description = "The namespace of manifests that name none.")
    private @Nullable String namespace;

    @Option(
            names = "--assume-injected",
            description = "Count pods as part of the mesh though no sidecar-injection label is seen.")
    private boolean assumeInjected;

    List<String> sources() {
        return sources;
    }

    boolean recursive() {
        return recursive;
    }

    /** The same sources again, as words of a command line. */
    String asWords() {
        List<String> words = new ArrayList<>(sources);
        if (recursive) {
            words.add("-R");
        }
        if (!zone.equals(ModelOptions.DEFAULT.zone())) {
            words.add("--zone " + zone);
        }
        for (String name : systemNamespaces == null ? List.<String>of() : systemNamespaces) {
            words.add("--system-namespace " + name);
        }
        if (namespace != null) {
            words.add("--namespace " + namespace);
        }
        if (assumeInjected) {
            words.add("--assume-injected");
        }
        return String.join(" ", words);
    }

    ModelOptions compilerOptions() {
        requireName("--zone", zone);
        requireName("--namespace", namespace);
        List<String> system = systemNamespaces == null ? ModelOptions.DEFAULT.systemNamespaces() : systemNamespaces;
        system.forEach(name -> requireName("--system-namespace", name));
        return new ModelOptions(zone, system, namespace, assumeInjected, List.of());
    }

    private void requireName(String option, @Nullable String name) {
        if (name != null && name.contains("=")) {
            throw new ParameterException(
                    command.commandLine(), option + " takes one name in this version, not `" + name + "`");
        }
        if (name != null && !name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            throw new ParameterException(command.commandLine(), option + ": `" + name + "` is no Kubernetes name");
        }
    }
}
