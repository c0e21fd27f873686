package dev.writ.compiler.importing;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.TargetRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A MeshTrafficPermission as a declaration. A prefix stays one, even where it says more than it should: then with a remark. */
final class PermissionText {
    private final Mesh mesh;
    private final List<Diagnostic> findings;
    private final DiagnosticSink sink;

    /** @param findings of {@code check} on the resources */
    PermissionText(Mesh mesh, List<Diagnostic> findings, DiagnosticSink sink) {
        this.mesh = mesh;
        this.findings = findings;
        this.sink = sink;
    }

    /** @param name that no other permission of the file has */
    Optional<String> of(Permission permission, String name) {
        permission
                .from()
                .forEach(entry -> refuse(
                        entry.span(),
                        "an entry of `from`, which knows callers by tags: `.writ` has no word for it",
                        "migrate it to `rules`; `writ diff` says whether both decide the same"));
        Optional<String> selection = selection(permission);
        List<String> entries = new ArrayList<>();
        for (Action action : Action.values()) {
            permission.rules().stream().filter(rule -> rule.action() == action).forEach(rule -> add(rule, entries));
        }
        if (entries.isEmpty() && permission.from().isEmpty()) {
            refuse(
                    permission.span(),
                    "a permission without rules, which allows nothing: `.writ` has no word for it",
                    null);
        }
        return selection.map(on -> WritWriter.block("permission " + WritWriter.name(name) + " on " + on, entries));
    }

    private Optional<String> selection(Permission permission) {
        String namespace = permission.ownNamespaceOnly();
        return switch (permission.target()) {
            case TargetRef.WholeMesh all -> labelled(Map.of(), namespace, permission.span());
            case TargetRef.Dataplanes dataplanes -> dataplanes(dataplanes, namespace, permission.span());
            case TargetRef.Subset subset ->
                subset.tags().isEmpty()
                        ? labelled(Map.of(), namespace, permission.span())
                        : refused(
                                permission.span(),
                                "`MeshSubset` selects by the tags of inbounds: `.writ` has no word for it",
                                "select by labels: `kind: Dataplane`");
            case TargetRef.Service service ->
                refused(
                        service.name().span(),
                        "`MeshService` selects by the tag of an inbound: `.writ` has no word for it",
                        "select by labels: `kind: Dataplane`");
            case TargetRef.OneWorkload one -> throw new IllegalArgumentException("no permission of Kuma's");
            case TargetRef.Selected selected -> throw new IllegalArgumentException("no permission of Kuma's");
        };
    }

    private Optional<String> dataplanes(TargetRef.Dataplanes dataplanes, @Nullable String namespace, SourceSpan span) {
        Located<String> name = dataplanes.name();
        if (name != null && !isWorkload(name.value())) {
            return refused(
                    name.span(),
                    "a Dataplane by its name that is no workload's: `.writ` has no word for it",
                    "select by labels");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        dataplanes.labels().forEach((key, text) -> labels.put(key, text.value()));
        Located<String> named = dataplanes.namespace();
        String in = named == null ? namespace : named.value();
        Optional<String> all =
                name == null ? labelled(labels, in, span) : Optional.of("workload " + WritWriter.name(name.value()));
        Located<String> section = dataplanes.sectionName();
        if (section == null) {
            return all;
        }
        OptionalInt port = port(section.value());
        return port.isPresent()
                ? all.map(on -> on + " port " + port.getAsInt())
                : refused(
                        section.span(),
                        "an inbound by a name that stands for no one port here, and `.writ` knows inbounds by their ports",
                        "write a permission for each port");
    }

    /** The port that all inbounds of this name have; a number is one itself. */
    private OptionalInt port(String section) {
        if (section.matches("\\d{1,5}")) {
            return OptionalInt.of(Integer.parseInt(section));
        }
        List<Integer> ports = mesh.workloads().stream()
                .flatMap(workload -> workload.inbounds().stream())
                .filter(inbound -> section.equals(inbound.name()))
                .map(Inbound::port)
                .distinct()
                .toList();
        return ports.size() == 1 ? OptionalInt.of(ports.getFirst()) : OptionalInt.empty();
    }

    private Optional<String> labelled(Map<String, String> labels, @Nullable String namespace, SourceSpan span) {
        String selection = Selections.of(labels, namespace);
        return selection == null
                ? refused(span, "a permission for another namespace than its own, which selects nobody", "take it out")
                : Optional.of(selection);
    }

    private boolean isWorkload(String name) {
        return mesh.workloads().stream()
                .anyMatch(workload -> workload.key().namespace() == null
                        && workload.key().name().equals(name));
    }

    private void add(Rule rule, List<String> entries) {
        Optional<String> caller = caller(rule);
        if (caller.isEmpty()) {
            return;
        }
        if (rule.callers() instanceof CallerPattern.IdPrefix prefix) {
            remark(rule, prefix).ifPresent(entries::add);
        }
        String word = switch (rule.action()) {
            case DENY -> "deny ";
            case SHADOW_DENY -> "shadow-deny ";
            case ALLOW -> "allow ";
        };
        entries.add(
                word + caller.get() + (rule.serverName() == null ? "" : " sni " + WritWriter.text(rule.serverName())));
    }

    private Optional<String> caller(Rule rule) {
        return switch (rule.callers()) {
            case CallerPattern.AnyCaller any -> Optional.of("anyone");
            case CallerPattern.ExactId exact ->
                SpiffeId.fault(exact.id())
                        .map(fault -> refused(
                                rule.pattern(),
                                "no valid SPIFFE ID, so that no certificate has it, and `.writ` takes none: "
                                        + fault.message(),
                                "take the rule out, or mend the ID"))
                        .orElseGet(() -> Optional.of(exact.id()));
            case CallerPattern.IdPrefix prefix -> Optional.of("prefix " + WritWriter.text(prefix.prefix()));
            case CallerPattern.NoPattern none ->
                refused(rule.span(), "an empty match, for which Envoy refuses the listener", "take it out");
            case CallerPattern.BelowId below -> throw new IllegalArgumentException("no pattern of Kuma's");
            case CallerPattern.IdSegments segments -> throw new IllegalArgumentException("no pattern of Kuma's");
            case CallerPattern.OfWorkloads workloads -> throw new IllegalArgumentException("no pattern of Kuma's");
        };
    }

    /** What a reader should know of a prefix that ends inside a segment, and what would end it. */
    private Optional<String> remark(Rule rule, CallerPattern.IdPrefix prefix) {
        return findings.stream()
                .filter(found -> found.id() == DiagnosticId.PERMISSION_OPEN_PREFIX
                        && rule.pattern().equals(found.span()))
                .findFirst()
                .map(found -> {
                    String cure = prefix.prefix() + "/**";
                    sink.add(found.withHelp("imported as it is; in `.writ` whole segments would be `" + cure + "`"));
                    return "# " + found.message().replace("`", "") + "; whole segments: " + cure;
                });
    }

    private void refuse(SourceSpan span, String message, @Nullable String help) {
        sink.add(DiagnosticId.IMPORT_UNSUPPORTED, span, message, help);
    }

    private Optional<String> refused(SourceSpan span, String message, @Nullable String help) {
        refuse(span, message, help);
        return Optional.empty();
    }
}
