package dev.writ.runtime.cli;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.analysis.Change;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.SourceReader;
import dev.writ.runtime.proof.PolicyDifference;
import dev.writ.runtime.testing.DeclaredPolicy;
import dev.writ.runtime.testing.FeatureSources;
import dev.writ.runtime.testing.SourceCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code writ diff}: what two policies decide differently, for all callers. */
@Command(
        name = "diff",
        description = {
            "Say which calls are newly allowed and newly denied, for every SPIFFE ID, with one witness for each rule that"
                    + " causes it.",
            "OLD and NEW are files, folders, or REV:PATH of a git repository; with two targets there is one source."
        })
final class DiffCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "1..2", paramLabel = "OLD NEW", description = "What to compare, the older first.")
    private List<String> sources = List.of();

    @Option(
            names = {"-R", "--recursive"},
            description = "Read the folders inside folders too.")
    private boolean recursive;

    @Option(names = "--rules", description = "Count calls that are decided as before, by another rule.")
    private boolean rules;

    @Option(
            names = "--allow-newly",
            paramLabel = "allowed|denied|shadowed",
            split = ",",
            description = "Differences of this kind are shown and are no reason to exit with 1; repeat it for several.")
    private List<Newly> allowed = List.of();

    @Option(
            names = "--format",
            paramLabel = "text|json|markdown|sarif",
            description = "The form of the answer (default: text).")
    private Format format = Format.TEXT;

    @Mixin
    private ControlPlaneOptions controlPlane = new ControlPlaneOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** Forms of the answer. */
    enum Format {
        TEXT,
        JSON,
        MARKDOWN,
        SARIF
    }

    /** What a gate lets pass. */
    enum Newly {
        ALLOWED,
        DENIED,
        SHADOWED
    }

    DiffCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        List<Target> targets = controlPlane.targets();
        if (targets.size() > 2 || sources.size() == 1 && targets.size() != 2) {
            throw new ParameterException(
                    command.commandLine(), "give OLD and NEW, or one source and two targets (`--target A --target B`)");
        }
        Optional<Target> first = targets.stream().findFirst();
        Optional<Target> second = targets.isEmpty() ? first : Optional.of(targets.getLast());
        Compilation before = compile(sources.getFirst(), first);
        Compilation after = compile(sources.getLast(), second);
        if (before.hasErrors() || after.hasErrors()) {
            return ExitCode.USAGE;
        }
        PolicyDifference difference = PolicyDifference.between(before, after, rules);
        invocation
                .out()
                .print(
                        switch (format) {
                            case TEXT -> DifferenceText.of(difference);
                            case JSON -> Json.text(DifferenceJson.of(difference));
                            case MARKDOWN -> DifferenceMarkdown.of(difference);
                            case SARIF -> Json.text(DifferenceSarif.of(difference, Version.text()));
                        });
        return exitCode(difference);
    }

    private Compilation compile(String source, Optional<Target> target) throws IOException {
        DiagnosticSink sink = new DiagnosticSink();
        Optional<GitRevision> revision = GitRevision.of(source, Path.of("").toAbsolutePath());
        List<SourceFile> files = revision.isPresent()
                ? revision.get().files(recursive)
                : new SourceReader(invocation.in(), recursive).read(List.of(source), sink);
        DeclaredPolicy declared = FeatureSources.read(files, new SourceCache(), target.isPresent(), sink);
        ModelOptions usual = declared.options();
        ModelOptions options = controlPlane.compilerOptions(target.orElse(usual.target()), usual);
        Compilation compilation = declared.withOptions(options).compile(sink);
        List<Diagnostic> errors = compilation.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        invocation.report(errors);
        return compilation;
    }

    private int exitCode(PolicyDifference difference) {
        boolean isGated = difference.decisions().stream()
                        .map(decision -> decision.change().kind())
                        .allMatch(this::isAllowed)
                && difference.transports().isEmpty()
                && difference.identities().isEmpty()
                && difference.open().isEmpty();
        return isGated ? ExitCode.FINE : ExitCode.NO;
    }

    private boolean isAllowed(Change.Kind kind) {
        return switch (kind) {
            case NEWLY_ALLOWED -> allowed.contains(Newly.ALLOWED);
            case NEWLY_DENIED -> allowed.contains(Newly.DENIED);
            case NEWLY_SHADOWED, NO_LONGER_SHADOWED -> allowed.contains(Newly.SHADOWED);
            case OTHER_RULE -> false;
        };
    }
}
