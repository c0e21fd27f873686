package dev.writ.runtime.cli;

import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the sources do not say: the control plane that they are applied to, and its settings. */
final class ControlPlaneOptions {
    private static final ModelOptions USUAL = ModelOptions.DEFAULT;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private TargetOption target = new TargetOption();

    @Option(names = "--zone", paramLabel = "NAME", description = "The zone of the control plane (default: default).")
    private String zone = USUAL.zone();

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

    @Option(
            names = "--workload-label",
            paramLabel = "LABEL",
            description =
                    "A pod's label that names its workload, as the control plane is set up; repeated: the first that"
                            + " a pod has (default: none, the service account does).")
    private List<String> workloadLabels = List.of();

    @Option(
            names = "--token-workload",
            paramLabel = "NAME",
            description = "The workload in the token of universal dataplanes that have no label kuma.io/workload.")
    private @Nullable String tokenWorkload;

    @Option(
            names = "--files",
            paramLabel = "DIR",
            description = "Stands for the control plane's file system: where CA files that a policy names are found.")
    private @Nullable Path files;

    @Option(names = "--spire-trust-domain", paramLabel = "NAME", description = "The trust domain of the SPIRE server.")
    private @Nullable String spireTrustDomain;

    Target target() {
        return target.target();
    }

    /** The same options again, as words of a command line. */
    List<String> asWords() {
        List<String> words = new ArrayList<>();
        add(words, "--target", target() == USUAL.target() ? null : target().id());
        add(words, "--zone", zone.equals(USUAL.zone()) ? null : zone);
        system().forEach(name -> add(words, "--system-namespace", name));
        add(words, "--namespace", namespace);
        if (assumeInjected) {
            words.add("--assume-injected");
        }
        workloadLabels.forEach(label -> add(words, "--workload-label", label));
        add(words, "--token-workload", tokenWorkload);
        add(words, "--files", files);
        add(words, "--spire-trust-domain", spireTrustDomain);
        return words;
    }

    ModelOptions compilerOptions() {
        requireName("--zone", zone);
        requireName("--namespace", namespace);
        requireName("--token-workload", tokenWorkload);
        requireName("--spire-trust-domain", spireTrustDomain);
        system().forEach(name -> requireName("--system-namespace", name));
        if (files != null && !files.toFile().isDirectory()) {
            throw new ParameterException(command.commandLine(), "--files: there is no folder `" + files + "`");
        }
        return new ModelOptions(
                target(),
                zone,
                systemNamespaces == null ? USUAL.systemNamespaces() : systemNamespaces,
                namespace,
                assumeInjected,
                workloadLabels,
                files,
                spireTrustDomain,
                tokenWorkload);
    }

    private List<String> system() {
        return systemNamespaces == null ? List.of() : systemNamespaces;
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            words.add(option);
            words.add(value.toString());
        }
    }

    private void requireName(String option, @Nullable String name) {
        if (name != null && name.contains("=")) {
            throw new ParameterException(
                    command.commandLine(), option + " takes one name in this version, not `" + name + "`");
        }
        if (name != null && !name.matches("[a-z0-9]([a-z0-9._-]*[a-z0-9])?")) {
            throw new ParameterException(
                    command.commandLine(),
                    option + ": `" + name + "` is no name: those hold lower case letters, digits, `-`, `.` and `_`");
        }
    }
}
