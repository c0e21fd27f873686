package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.runtime.access.AccessMatrix;
import dev.writ.runtime.access.AccessSelection;
import dev.writ.runtime.access.CalledInbound;
import dev.writ.runtime.access.CallingWorkload;
import dev.writ.runtime.access.MeshAccess;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ access}: who can call whom. */
@Command(
        name = "access",
        description = "Show who can call whom, which rule says so, and who else could, for every SPIFFE ID.")
final class AccessCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(
            names = "--to",
            paramLabel = "CALLEE",
            description = "Only who can call this: a workload, workload:port, or its SPIFFE ID; repeat it for several.")
    private List<String> to = List.of();

    @Option(
            names = "--from",
            paramLabel = "CALLER",
            description = "Only whom this can call: a workload, or any SPIFFE ID; repeat it for several.")
    private List<String> from = List.of();

    @Option(
            names = "--format",
            paramLabel = "text|json|html",
            description = "The form of the answer (default: text); html is one page that needs nothing else.")
    private AccessFormat format = AccessFormat.TEXT;

    /** Forms of the answer. */
    enum AccessFormat {
        TEXT,
        JSON,
        HTML
    }

    AccessCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Loaded loaded = Loaded.from(sources, invocation);
        invocation.report(loaded.errors());
        if (loaded.hasErrors()) {
            return loaded.exitCode();
        }
        MeshAccess access = MeshAccess.of(loaded.compilation());
        DiagnosticSink sink = new DiagnosticSink();
        AccessSelection selection = new AccessSelection(access, sink);
        List<CallingWorkload> callers = selection.callers(from);
        List<CalledInbound> inbounds = selection.inbounds(to);
        invocation.report(sink.sorted());
        if (sink.hasErrors()) {
            return ExitCode.USAGE;
        }
        invocation
                .out()
                .print(
                        switch (format) {
                            case TEXT ->
                                new AccessText(access, callers, inbounds).render(!from.isEmpty(), !to.isEmpty());
                            case HTML -> new AccessMatrix(access, callers, inbounds).page();
                            case JSON -> Json.text(new AccessJson(access, callers).of(inbounds));
                        });
        return ExitCode.FINE;
    }
}
