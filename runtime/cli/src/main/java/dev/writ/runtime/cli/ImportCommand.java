package dev.writ.runtime.cli;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.importing.PolicyImport;
import dev.writ.compiler.importing.PolicyImport.Imported;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import dev.writ.compiler.syntax.WritFormatter;
import dev.writ.runtime.proof.PolicyDifference;
import dev.writ.runtime.testing.DeclaredPolicy;
import dev.writ.runtime.testing.FeatureSources;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/** {@code writ import}: Kuma's policies in the Writ language, proved to decide the same before they are written. */
@Command(
        name = "import",
        description =
                "Write the MeshIdentities, MeshTrusts and MeshTrafficPermissions of the sources in the Writ language, once"
                        + " it is proved that every call is decided as before. Workloads and what else there is stay as they are.")
final class ImportCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--out", paramLabel = "FILE.writ", description = "Where to write it (default: stdout).")
    private @Nullable Path out;

    @Option(names = "--force", description = "Write over a file that is there.")
    private boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    ImportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        Path file = out;
        if (file != null && !file.toString().endsWith(".writ")) {
            throw new ParameterException(
                    command.commandLine(), "--out: `" + file + "`: the file of a policy in Writ ends in `.writ`");
        }
        DiagnosticSink read = new DiagnosticSink();
        List<SourceFile> files =
                GitRevision.reader(invocation.in(), sources.recursive()).read(sources.sources(), read);
        DeclaredPolicy before = FeatureSources.read(files, GitRevision.named(), sources.targetIsChosen(), read);
        ModelOptions options = sources.compilerOptions(files, before.options());
        Compilation earlier = before.withOptions(options).compile(read);
        if (earlier.hasErrors()) {
            invocation.report(errors(earlier.diagnostics()));
            return ExitCode.of(earlier.diagnostics());
        }
        List<Resource> resources =
                new ArrayList<>(new ResourceReader(options::controlPlaneOf).read(before.files(), new DiagnosticSink()));
        resources.addAll(before.resources());
        DiagnosticSink sink = new DiagnosticSink();
        Optional<Imported> imported = PolicyImport.of(earlier.model(), resources, earlier.diagnostics(), sink);
        invocation.report(sink.sorted());
        if (imported.isEmpty()) {
            return ExitCode.NO;
        }
        SourceFile text = inLayout(new SourceFile(
                file == null ? "<import>.writ" : file.toString(), imported.get().text()));
        Compilation later = PolicyCompiler.compile(List.of(text), imported.get().left(), options);
        if (later.hasErrors()) {
            invocation.report(errors(later.diagnostics()));
            return refuse("for the target `" + options.target() + "` the Writ language cannot say this policy");
        }
        PolicyDifference difference = PolicyDifference.between(earlier, later, false);
        if (!difference.isEquivalent().orElse(false)) {
            invocation.err().print(new DifferenceText(difference, new Cures(List.of())).text());
            return refuse("what it would come to does not decide as the sources do, or cannot be held against them");
        }
        if (earlier.policy().workloads().isEmpty()) {
            return refuse("the sources hold no workload, so that there is nothing to prove it on:"
                    + " name manifests or Dataplanes too");
        }
        invocation.report(unproved(earlier));
        return write(text.text(), imported.get(), difference, earlier, file);
    }

    private int write(
            String text, Imported imported, PolicyDifference difference, Compilation earlier, @Nullable Path file)
            throws IOException {
        if (file == null) {
            invocation.out().print(text);
        } else {
            OpenOption[] how = {
                force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING
            };
            try {
                Files.writeString(file, text, how);
            } catch (FileAlreadyExistsException e) {
                throw new ParameterException(
                        command.commandLine(), "--out: `" + file + "` is there already; --force writes over it", e);
            }
        }
        invocation
                .err()
                .print("imported " + Plural.of(imported.identities(), "identity", "identities") + ", "
                        + Plural.of(imported.trusts(), "trust") + ", "
                        + Plural.of(imported.permissions(), "permission") + "; proved to decide as before, for "
                        + Plural.of(earlier.policy().workloads().size(), "workload") + " and every SPIFFE ID"
                        + (difference.assumptions().isEmpty()
                                ? ""
                                : ", assuming " + String.join(", ", difference.assumptions()))
                        + "\n  take the imported resources out of the sources: both together are two policies\n");
        return ExitCode.FINE;
    }

    /** As {@code writ fmt} writes it; what it does not take is for the compiler to say. */
    private static SourceFile inLayout(SourceFile draft) {
        return WritFormatter.formatFile(SourceText.whole(draft), new DiagnosticSink())
                .map(formatted -> new SourceFile(draft.name(), formatted))
                .orElse(draft);
    }

    /** Rules that no inbound of the sources has: nothing was proved of them. */
    private static List<Diagnostic> unproved(Compilation earlier) {
        return earlier.diagnostics().stream()
                .filter(found -> found.id() == DiagnosticId.PERMISSION_SELECTS_NOTHING)
                .toList();
    }

    private int refuse(String why) {
        invocation.err().print("writ: nothing was imported: " + why + "\n");
        return ExitCode.NO;
    }

    private static List<Diagnostic> errors(List<Diagnostic> found) {
        return found.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
    }
}
