package dev.writ.runtime.cli;

import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.ZoneSources;
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

    @Option(
            names = "--zone",
            paramLabel = "NAME[=PATH]",
            description =
                    "The zone of the control plane (default: default). With PATH, repeated: several zones at once, each"
                            + " with the file or folder that is applied to it; other sources go to the global control plane.")
    private List<String> zones = List.of();

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
        targets().forEach(chosen -> add(words, "--target", chosen.id()));
        zones.forEach(zone -> add(words, "--zone", zone));
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

    /** Where the resources of the zones stand. */
    List<String> zonePaths() {
        return severalZones().stream().map(ZoneSources::path).toList();
    }

    private List<ZoneSources> severalZones() {
        return zones.stream()
                .filter(zone -> zone.contains("="))
                .map(zone ->
                        new ZoneSources(zone.substring(0, zone.indexOf('=')), zone.substring(zone.indexOf('=') + 1)))
                .toList();
    }

    private String oneZone() {
        if (zones.size() > 1 && severalZones().size() < zones.size()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--zone is for one zone, `--zone NAME`, or for several, `--zone NAME=PATH` each");
        }
        return zones.size() == 1 && severalZones().isEmpty() ? zones.get(0) : USUAL.zone();
    }

    /** As many targets as were given, for a command that compares them. */
    List<Target> targets() {
        return target.targets();
    }

    ModelOptions compilerOptions() {
        return compilerOptions(USUAL);
    }

    /** @param usual what holds where the command line says nothing */
    ModelOptions compilerOptions(ModelOptions usual) {
        return compilerOptions(targets().isEmpty() ? usual.target() : target(), usual);
    }

    ModelOptions compilerOptions(Target chosen, ModelOptions usual) {
        String zone = zones.isEmpty() ? usual.zone() : oneZone();
        requireName("--zone", zone);
        for (ZoneSources sources : severalZones()) {
            requireName("--zone", sources.zone());
            String path = sources.path();
            if (path != null && path.isBlank()) {
                throw new ParameterException(
                        command.commandLine(), "--zone: `" + sources.zone() + "=` names no file or folder");
            }
        }
        requireName("--namespace", namespace);
        requireName("--token-workload", tokenWorkload);
        requireName("--spire-trust-domain", spireTrustDomain);
        system().forEach(name -> requireName("--system-namespace", name));
        if (files != null && !files.toFile().isDirectory()) {
            throw new ParameterException(command.commandLine(), "--files: there is no folder `" + files + "`");
        }
        return new ModelOptions(
                chosen,
                zone,
                systemNamespaces == null ? usual.systemNamespaces() : systemNamespaces,
                namespace == null ? usual.defaultNamespace() : namespace,
                assumeInjected || usual.assumeInjected(),
                workloadLabels.isEmpty() ? usual.workloadLabels() : workloadLabels,
                files == null ? usual.files() : files,
                spireTrustDomain == null ? usual.spireTrustDomain() : spireTrustDomain,
                tokenWorkload == null ? usual.tokenWorkload() : tokenWorkload,
                zones.isEmpty() ? usual.zones() : severalZones());
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
        if (name != null && !name.matches("[a-z0-9]([a-z0-9._-]*[a-z0-9])?")) {
            throw new ParameterException(
                    command.commandLine(),
                    option + ": `" + name + "` is no name: those hold lower case letters, digits, `-`, `.` and `_`");
        }
    }
}
