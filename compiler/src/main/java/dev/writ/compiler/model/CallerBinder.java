package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.OfWorkloads;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SelectionSyntax;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Puts SPIFFE IDs in the place of callers that are named as workloads: those that the identity templates give them, in every zone
 * that is known, or in the meshes and zones that the rule names.
 */
final class CallerBinder {
    /** The workloads that a selection means, and their IDs. */
    private record Meant(List<Workload> workloads, List<String> ids) {}

    private final List<Mesh> meshes;
    private final DiagnosticSink diagnostics;
    private final Map<List<Object>, Meant> known = new HashMap<>();

    CallerBinder(List<Mesh> meshes, DiagnosticSink diagnostics) {
        this.meshes = meshes;
        this.diagnostics = diagnostics;
    }

    /** The meshes, with all callers named by their SPIFFE IDs. */
    List<Mesh> bind() {
        return meshes.stream().map(this::bind).toList();
    }

    private Mesh bind(Mesh mesh) {
        boolean isBound = mesh.permissions().stream()
                .flatMap(permission -> permission.rules().stream())
                .noneMatch(rule -> rule.callers() instanceof OfWorkloads);
        return isBound
                ? mesh
                : mesh.withPermissions(mesh.permissions().stream()
                        .map(permission -> permission.withRules(rules(permission, mesh)))
                        .toList());
    }

    private List<Rule> rules(Permission permission, Mesh mesh) {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : permission.rules()) {
            if (rule.callers() instanceof OfWorkloads callers) {
                Meant meant = known.computeIfAbsent(key(callers.selection(), mesh), none -> meant(callers, mesh));
                report(rule, meant);
                meant.ids().forEach(id -> rules.add(rule.withCallers(new ExactId(id))));
            } else {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static List<Object> key(SelectionSyntax selection, Mesh mesh) {
        Map<String, String> labels = new HashMap<>();
        selection.labels().forEach((key, text) -> labels.put(key, text.value()));
        return List.of(
                mesh.name(),
                selection.workload() == null ? "" : selection.workload().value(),
                selection.namespace() == null ? "" : selection.namespace().value(),
                labels,
                selection.meshes().stream().map(Located::value).toList(),
                selection.zones().stream().map(Located::value).toList());
    }

    private Meant meant(OfWorkloads callers, Mesh own) {
        SelectionSyntax selection = callers.selection();
        List<Workload> workloads = new ArrayList<>();
        for (Mesh mesh : meshes) {
            boolean isMesh = selection.meshes().isEmpty()
                    ? mesh.name().equals(own.name())
                    : isNamed(mesh.name(), selection.meshes());
            if (isMesh && (selection.zones().isEmpty() || isNamed(mesh.zone(), selection.zones()))) {
                mesh.workloads().stream()
                        .filter(workload -> isSelected(workload, selection))
                        .forEach(workloads::add);
            }
        }
        TreeSet<String> ids = new TreeSet<>();
        for (Workload workload : workloads) {
            if (workload.identity() instanceof Issued issued) {
                ids.add(issued.id().toString());
            }
        }
        return new Meant(workloads, List.copyOf(ids));
    }

    private static boolean isNamed(String name, List<Located<String>> names) {
        return names.stream().anyMatch(one -> one.value().equals(name));
    }

    private static boolean isSelected(Workload workload, SelectionSyntax selection) {
        Located<String> name = selection.workload();
        SourceText namespace = selection.namespace();
        return (name == null || name.value().equals(workload.key().shortName()))
                && (namespace == null
                        || namespace.value().equals(workload.labels().get(KumaLabels.NAMESPACE)))
                && selection.labels().entrySet().stream()
                        .allMatch(label -> label.getValue()
                                .value()
                                .equals(workload.labels().get(label.getKey())));
    }

    private void report(Rule rule, Meant meant) {
        if (meant.workloads().isEmpty()) {
            diagnostics.add(
                    DiagnosticId.PERMISSION_NO_CALLER,
                    rule.pattern(),
                    "the sources have no such workload, so that this rule is about nobody",
                    "`writ ids` lists the workloads with their labels");
            return;
        }
        for (Workload workload : meant.workloads()) {
            if (workload.identity() instanceof Absent absent) {
                Diagnostic finding = Diagnostic.of(
                        DiagnosticId.PERMISSION_NO_CALLER,
                        rule.pattern(),
                        "`" + workload.key() + "` has no SPIFFE ID, so that this rule is not about it",
                        absent.finding().message());
                diagnostics.add(finding.withRelated(workload.span(), "this workload"));
            }
        }
    }
}
