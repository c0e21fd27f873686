package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Workload;
import dev.writ.runtime.identity.IdentityWriter;
import dev.writ.runtime.identity.IssuedIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ issue}: CA, bundles and SVIDs into the folders that {@code compile} fills with config. */
@Command(
        name = "issue",
        description = "Issue the SVID of every workload, with its CA and bundles, into the folders of compile.")
final class IssueCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write them.")
    private Path out = Path.of("");

    @Mixin
    private WorkloadOption workload = new WorkloadOption();

    IssueCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Loaded loaded = Loaded.from(sources, invocation);
        invocation.report(loaded.errors());
        if (loaded.hasErrors()) {
            return loaded.exitCode();
        }
        DiagnosticSink sink = new DiagnosticSink();
        Predicate<Workload> chosen = workload.chosen(loaded.compilation().model(), sink);
        List<IssuedIdentity> issued = sink.hasErrors()
                ? List.of()
                : new IdentityWriter(Instant.now()).write(loaded.compilation().model(), chosen, out, sink);
        invocation.report(sink.sorted());
        if (sink.hasErrors()) {
            return ExitCode.USAGE;
        }
        invocation.out().print(text(issued));
        return ExitCode.FINE;
    }

    private static String text(List<IssuedIdentity> issued) {
        List<List<String>> rows = new ArrayList<>();
        for (IssuedIdentity identity : issued) {
            rows.add(List.of(
                    identity.workload().shortName(),
                    identity.id().toString(),
                    "until " + identity.notAfter(),
                    identity.folder().toString()));
        }
        return Table.text(rows) + Plural.of(issued.size(), "identity", "identities") + " issued\n";
    }
}
