package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.kuma.KumaSnapshot;
import dev.writ.compiler.envoy.kuma.KumaSnapshotDifference;
import dev.writ.compiler.envoy.kuma.KumaSnapshotEmitter;
import dev.writ.compiler.envoy.kuma.ProxyConfigReader.Unreadable;
import dev.writ.compiler.envoy.kuma.ProxyDump;
import dev.writ.compiler.envoy.kuma.ProxyDump.Dataplane;
import dev.writ.compiler.envoy.kuma.ProxyDumpReader;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.runtime.judge.CallResolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code writ verify}: what a version of Kuma would send a proxy, against what the proxy has. */
@Command(
        name = "verify",
        description = {
            "Compare what a control plane would send a proxy with the config dump of the live proxy, rule by rule.",
            "The dump is `/config_dump` of the proxy's admin interface (`kumactl inspect dataplane NAME --type config-dump`)."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--dump", required = true, paramLabel = "FILE", description = "The config dump, JSON.")
    private Path dump = Path.of("");

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "The workload whose proxy it is (default: the one that the dump names).")
    private @Nullable String workload;

    @Option(names = "--format", paramLabel = "text|json", description = "How to show the difference.")
    private Format format = Format.TEXT;

    VerifyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        Loaded loaded = Loaded.from(sources, invocation);
        if (!loaded.target().isKuma()) {
            throw new ParameterException(
                    command.commandLine(), "--target must say which version of Kuma the control plane is");
        }
        Optional<ProxyDump> read = read();
        if (read.isEmpty()) {
            return ExitCode.USAGE;
        }
        invocation.report(loaded.errors());
        if (loaded.hasErrors()) {
            return loaded.exitCode();
        }
        DiagnosticSink sink = new DiagnosticSink();
        Optional<Workload> chosen = chosen(loaded.compilation().model(), read.get(), sink);
        invocation.report(sink.sorted());
        return chosen.isEmpty() ? ExitCode.USAGE : verify(loaded, chosen.get(), read.get());
    }

    private Optional<ProxyDump> read() throws IOException {
        try {
            return Optional.of(ProxyDumpReader.read(dump));
        } catch (Unreadable unreadable) {
            invocation.err().println("writ verify: " + dump + ": " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Workload> chosen(MeshModel model, ProxyDump read, DiagnosticSink sink) {
        Optional<Workload> owner = new ProxyOwner(model).of(read);
        if (workload != null) {
            Optional<Workload> named = new CallResolver(model).workload(workload, null, sink);
            if (named.isPresent() && owner.isPresent() && !owner.equals(named)) {
                throw new ParameterException(
                        command.commandLine(),
                        "--dump: it is of the proxy of `" + owner.get().key() + "`, not of `" + workload + "`");
            }
            return named;
        }
        if (owner.isEmpty()) {
            Dataplane dataplane = read.dataplane();
            String why = dataplane == null
                    ? "it does not say whose proxy it is of"
                    : "no workload of the sources, or more than one, has the dataplane `" + dataplane + "`";
            throw new ParameterException(command.commandLine(), "--dump: " + why + ": say it by --workload");
        }
        return owner;
    }

    private int verify(Loaded loaded, Workload chosen, ProxyDump read) {
        DiagnosticSink sink = new DiagnosticSink();
        Mesh mesh = loaded.compilation().model().meshOf(chosen.key());
        Optional<KumaSnapshot> predicted = KumaSnapshotEmitter.emit(
                mesh, loaded.compilation().policy().of(chosen.key()).orElseThrow(), loaded.target(), sink);
        if (predicted.isEmpty()) {
            invocation.report(sink.sorted());
            read.refused()
                    .forEach(refused -> invocation.err().println("writ verify: " + Verification.refusal(refused)));
            return ExitCode.NO;
        }
        Verification verification = new Verification(
                chosen,
                mesh,
                read,
                KumaSnapshotDifference.find(predicted.get(), read.config()).orElse(null));
        invocation.out().print(text(verification, loaded.target()));
        return verification.isEqual() ? ExitCode.FINE : ExitCode.NO;
    }

    private String text(Verification verification, Target target) {
        return switch (format) {
            case TEXT ->
                new VerificationText(verification, TargetOption.described(target), new Colours(invocation.colourOut()))
                        .render();
            case JSON -> Json.text(VerificationJson.of(verification, target));
        };
    }
}
