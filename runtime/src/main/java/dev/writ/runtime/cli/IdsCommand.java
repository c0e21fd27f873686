package dev.writ.runtime.cli;

import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ ids}: the identity of every workload, or why it has none. */
@Command(
        name = "ids",
        description = "Show every workload, the MeshIdentity that selects it and its SPIFFE ID, or why it has none.")
final class IdsCommand implements Callable<Integer> {
    private static final String NONE = "-";

    private final Invocation invocation;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--format", paramLabel = "text|json", description = "How to show them.")
    private Format format = Format.TEXT;

    IdsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Loaded loaded = Loaded.from(sources, invocation);
        invocation.report(loaded.errors());
        List<Workload> workloads = loaded.compilation().model().workloads();
        if (!workloads.isEmpty() || !loaded.hasErrors()) {
            invocation
                    .out()
                    .print(
                            switch (format) {
                                case TEXT -> text(workloads);
                                case JSON ->
                                    Json.text(workloads.stream()
                                            .map(IdsCommand::json)
                                            .toList());
                            });
        }
        return loaded.exitCode();
    }

    private static String text(List<Workload> workloads) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("WORKLOAD", "IDENTITY", "PROVIDER", "SPIFFE ID"));
        for (Workload workload : workloads) {
            MeshIdentity by = workload.identity().by();
            rows.add(List.of(
                    workload.key().shortName(),
                    by == null ? NONE : by.name(),
                    by == null ? NONE : by.provider().type(),
                    switch (workload.identity()) {
                        case Issued issued -> issued.id().toString();
                        case Absent absent -> "none: " + absent.finding().message();
                    }));
        }
        return Table.text(rows) + Plural.of(workloads.size(), "workload") + "\n";
    }

    private static Map<String, @Nullable Object> json(Workload workload) {
        WorkloadIdentity identity = workload.identity();
        MeshIdentity by = identity.by();
        return Json.object(
                "workload",
                workload.key().shortName(),
                "labels",
                workload.labels(),
                "identity",
                by == null ? null : by.name(),
                "provider",
                by == null ? null : by.provider().type(),
                "spiffeId",
                identity instanceof Issued issued ? issued.id().toString() : null,
                "reason",
                identity instanceof Absent absent ? absent.finding().message() : null);
    }
}
