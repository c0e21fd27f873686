package dev.writ.runtime.cli;

import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ ids}: the identity of every workload, or why it has none. */
@Command(
        name = "ids",
        description = "Show every workload, the MeshIdentity that selects it and its SPIFFE ID, or why it has none;"
                + " and every MeshIdentity, its CA and its status as Kuma would set it.")
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
        MeshModel model = loaded.compilation().model();
        if (!model.meshes().isEmpty() || !loaded.hasErrors()) {
            invocation
                    .out()
                    .print(
                            switch (format) {
                                case TEXT -> text(model);
                                case JSON ->
                                    Json.text(model.workloads().stream()
                                            .map(workload -> json(model, workload))
                                            .toList());
                            });
        }
        return loaded.exitCode();
    }

    private static String text(MeshModel model) {
        boolean zones = hasZones(model);
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(zones, "ZONE", "WORKLOAD", "IDENTITY", "PROVIDER", "EXPIRY", "SPIFFE ID"));
        for (Workload workload : model.workloads()) {
            WorkloadSvid svid = WorkloadSvid.of(model, workload);
            MeshIdentity by = svid.identity();
            rows.add(row(
                    zones,
                    workload.key().zone(),
                    workload.key().shortName(),
                    by == null ? NONE : by.name(),
                    Objects.requireNonNullElse(svid.provider(), NONE),
                    Objects.requireNonNullElse(svid.expiryText(), NONE),
                    svid.reason() == null ? String.join(" ", svid.uriSans()) : "none: " + svid.reason()));
        }
        return Table.text(rows) + identityText(model)
                + Plural.of(model.workloads().size(), "workload") + TargetOption.closing(model.target()) + "\n";
    }

    /** Those that select no workload too; one of the global control plane is one in each zone. */
    private static String identityText(MeshModel model) {
        boolean zones = hasZones(model);
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(zones, "ZONE", "IDENTITY", "TRUST DOMAIN", "CA", "STATUS"));
        for (Mesh mesh : model.meshes()) {
            for (MeshIdentity identity : mesh.identities()) {
                IdentitySummary summary = new IdentitySummary(identity);
                rows.add(row(
                        zones,
                        mesh.zone(),
                        identity.name(),
                        Objects.requireNonNullElse(identity.trustDomain(), NONE),
                        summary.ca(),
                        summary.status()));
            }
        }
        return rows.size() == 1 ? "" : "\n" + Table.text(rows) + "\n";
    }

    private static boolean hasZones(MeshModel model) {
        return model.meshes().stream().map(Mesh::zone).distinct().count() > 1;
    }

    /** The zone is shown where there are several. */
    private static List<String> row(boolean zones, String zone, String... cells) {
        return zones ? Stream.concat(Stream.of(zone), Stream.of(cells)).toList() : List.of(cells);
    }

    private static Map<String, @Nullable Object> json(MeshModel model, Workload workload) {
        WorkloadSvid svid = WorkloadSvid.of(model, workload);
        MeshIdentity by = svid.identity();
        IdentitySummary summary = by == null ? null : new IdentitySummary(by);
        Map<String, @Nullable Object> known = Json.object(
                "workload",
                workload.key().shortName(),
                "zone",
                workload.key().zone(),
                "labels",
                workload.labels(),
                "identity",
                by == null ? null : by.name(),
                "provider",
                svid.provider(),
                "spiffeId",
                svid.spiffeId(),
                "reason",
                svid.reason(),
                "uriSans",
                svid.uriSans(),
                "expiry",
                svid.expiryText(),
                "ca",
                summary == null ? null : summary.ca(),
                "conditions",
                summary == null ? List.of() : summary.conditions());
        return TargetOption.with(known, model.target());
    }
}
