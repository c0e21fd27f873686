package dev.writ.runtime.cli;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.analysis.Universe;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.proof.Newly;
import dev.writ.runtime.proof.PolicyDifference;
import dev.writ.runtime.proof.PolicyVersion;
import dev.writ.runtime.testing.DeclaredPolicy;
import dev.writ.runtime.testing.FeatureSources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
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
        aliases = "equivalent",
        description = {
            "Say which calls are newly allowed and newly denied, for every SPIFFE ID, with one witness for each rule that"
                    + " causes it. Exit 0 only if there is no difference: `writ equivalent A B` proves a migration.",
            "OLD and NEW are files, folders, folders that `writ compile` wrote, or REV:PATH of a git repository; with two"
                    + " targets OLD alone is read for both."
        })
final class DiffCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "0..2", paramLabel = "OLD NEW", description = "What to compare, the older first.")
    private List<String> sources = List.of();

    @Option(names = "--old", paramLabel = "SRC", description = "One more source of OLD; repeat it for several.")
    private List<String> moreOld = List.of();

    @Option(names = "--new", paramLabel = "SRC", description = "One more source of NEW; repeat it for several.")
    private List<String> moreNew = List.of();

    @Option(
            names = {"-R", "--recursive"},
            description = "Read the folders inside folders too.")
    private boolean recursive;

    @Option(names = "--rules", description = "Count calls that are decided as before, by another rule.")
    private boolean rules;

    @Option(
            names = "--universe",
            paramLabel = "valid|any|issuable",
            description =
                    "The callers it is about: every valid SPIFFE ID (the default), every string that a certificate can"
                            + " carry, or the SPIFFE IDs that the mesh's templates and trusts can issue.")
    private Callers universe = Callers.VALID;

    @Option(
            names = "--allow-newly",
            paramLabel = "allowed|denied|shadowed|added|identity",
            split = ",",
            description =
                    "Differences of this kind are shown and are no reason to exit with 1; repeat it for several."
                            + " An inbound that falls open counts as allowed, a new one with mTLS and a new SPIFFE ID as added.")
    private List<Gate> allowed = List.of();

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
    enum Gate {
        ALLOWED(Newly.ALLOWED),
        DENIED(Newly.DENIED),
        SHADOWED(Newly.SHADOWED),
        ADDED(Newly.ADDED),
        IDENTITY(Newly.IDENTITY);

        private final Newly newly;

        Gate(Newly newly) {
            this.newly = newly;
        }
    }

    /** Whom it is about. */
    enum Callers {
        VALID(Universe.VALID_IDS),
        ANY(Universe.ANY_STRING),
        ISSUABLE(Universe.ISSUABLE);

        private final Universe universe;

        Callers(Universe universe) {
            this.universe = universe;
        }
    }

    /** @param diagnostics of its sources; none of a folder of configs */
    private record Read(Optional<PolicyVersion> policy, List<Diagnostic> diagnostics) {}

    DiffCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        List<String> old = new ArrayList<>(sources.stream().limit(1).toList());
        List<String> now = new ArrayList<>(sources.stream().skip(1).toList());
        old.addAll(moreOld);
        now.addAll(moreNew);
        List<Target> targets = controlPlane.targets();
        if (now.isEmpty() && targets.size() == 2) {
            now = old;
        }
        if (targets.size() > 2 || old.isEmpty() || now.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "give OLD and NEW, or one source and two targets (`--target A --target B`)");
        }
        Optional<Target> first = targets.stream().findFirst();
        Optional<Target> second = targets.isEmpty() ? first : Optional.of(targets.getLast());
        Read before = read(old, first);
        Read after = read(now, second);
        if (before.policy().isEmpty() || after.policy().isEmpty()) {
            return ExitCode.USAGE;
        }
        PolicyDifference difference =
                PolicyDifference.between(before.policy().get(), after.policy().get(), rules, universe.universe);
        Cures cures = new Cures(after.diagnostics());
        invocation
                .out()
                .print(
                        switch (format) {
                            case TEXT -> new DifferenceText(difference, cures).text();
                            case JSON -> Json.text(DifferenceJson.of(difference));
                            case MARKDOWN -> DifferenceMarkdown.of(new DifferenceText(difference, cures));
                            case SARIF -> Json.text(DifferenceSarif.of(difference, Version.text()));
                        });
        Set<Newly> passing = EnumSet.noneOf(Newly.class);
        allowed.forEach(gate -> passing.add(gate.newly));
        return difference.newly().allMatch(passing::contains) ? ExitCode.FINE : ExitCode.NO;
    }

    private Read read(List<String> named, Optional<Target> target) throws IOException {
        DiagnosticSink broken = new DiagnosticSink();
        Optional<SortedMap<WorkloadKey, EnvoyConfig>> configs =
                named.size() == 1 ? CompiledFolder.read(Path.of(named.getFirst()), broken) : Optional.empty();
        if (broken.hasErrors()) {
            invocation.report(broken.sorted());
            return new Read(Optional.empty(), List.of());
        }
        if (configs.isPresent()) {
            return new Read(Optional.of(new PolicyVersion.OfConfigs(configs.get())), List.of());
        }
        DiagnosticSink sink = new DiagnosticSink();
        List<SourceFile> files = GitRevision.reader(invocation.in(), recursive).read(named, sink);
        DeclaredPolicy declared = FeatureSources.read(files, GitRevision.named(), target.isPresent(), sink);
        ModelOptions usual = declared.options();
        ModelOptions options = controlPlane.compilerOptions(target.orElse(usual.target()), usual);
        Compilation compilation = declared.withOptions(options).compile(sink);
        List<Diagnostic> errors = compilation.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        invocation.report(errors);
        return new Read(
                compilation.hasErrors() ? Optional.empty() : Optional.of(new PolicyVersion.OfSources(compilation)),
                compilation.diagnostics());
    }
}
