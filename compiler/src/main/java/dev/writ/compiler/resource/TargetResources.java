package dev.writ.compiler.resource;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.SelectionSyntax;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.TargetRef.Dataplanes;
import dev.writ.compiler.syntax.TargetRef.OneWorkload;
import dev.writ.compiler.syntax.TargetRef.Service;
import dev.writ.compiler.syntax.TargetRef.Subset;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a permission selects as a {@code targetRef} of Kuma 3; one workload by labels that it alone has. */
final class TargetResources {
    private final Mesh mesh;
    private final DiagnosticSink refusals;

    TargetResources(Mesh mesh, DiagnosticSink refusals) {
        this.mesh = mesh;
        this.refusals = refusals;
    }

    Map<String, Object> of(Permission permission) {
        Map<String, Object> target = new LinkedHashMap<>();
        switch (permission.target()) {
            case WholeMesh whole -> target.put("kind", "Mesh");
            case Dataplanes dataplanes -> {
                target.put("kind", "Dataplane");
                Map<String, String> labels = new TreeMap<>();
                dataplanes.labels().forEach((key, text) -> labels.put(key, text.value()));
                if (dataplanes.name() != null) {
                    labels.put(KumaLabels.DISPLAY_NAME, dataplanes.name().value());
                    if (dataplanes.namespace() != null) {
                        labels.put(KumaLabels.NAMESPACE, dataplanes.namespace().value());
                    }
                }
                putLabels(target, labels);
                if (dataplanes.sectionName() != null) {
                    target.put("sectionName", dataplanes.sectionName().value());
                }
            }
            case TargetRef.Selected selected -> selected(target, selected);
            case OneWorkload one -> {
                target.put("kind", "Dataplane");
                putLabels(target, labelsOf(one.name().value(), one.name().span()));
            }
            case Subset subset ->
                refuse(permission.span(), "`MeshSubset`, which Kuma 3 no longer has", "select by labels");
            case Service service ->
                refuse(
                        permission.span(),
                        "`MeshService` as what is selected, which Kuma 3 no longer has",
                        "select by labels");
        }
        return target;
    }

    private void selected(Map<String, Object> target, TargetRef.Selected selected) {
        SelectionSyntax selection = selected.selection();
        Map<String, String> labels = new TreeMap<>();
        selection.labels().forEach((key, text) -> labels.put(key, text.value()));
        if (selection.namespace() != null) {
            labels.put(KumaLabels.NAMESPACE, selection.namespace().value());
        }
        if (selection.workload() != null) {
            labels.putAll(
                    labelsOf(selection.workload().value(), selection.workload().span()));
        }
        target.put("kind", labels.isEmpty() && selected.ports().isEmpty() ? "Mesh" : "Dataplane");
        putLabels(target, labels);
        if (selected.ports().size() > 1) {
            refuse(selected.ports().get(1).span(), "several ports in one permission", "write a permission for each");
        } else if (!selected.ports().isEmpty()) {
            target.put("sectionName", section(selected, labels));
        }
    }

    /** Kuma's name for a port: that of the inbound, where it has one. */
    private String section(TargetRef.Selected selected, Map<String, String> labels) {
        Located<Integer> port = selected.ports().getFirst();
        Set<String> names = new TreeSet<>();
        for (Workload workload : mesh.workloads()) {
            if (workload.labels().entrySet().containsAll(labels.entrySet())) {
                workload.inbounds().stream()
                        .filter(inbound -> inbound.port() == port.value())
                        .forEach(inbound ->
                                names.add(inbound.name() == null ? Integer.toString(inbound.port()) : inbound.name()));
            }
        }
        if (names.size() > 1) {
            refuse(
                    port.span(),
                    "port " + port.value() + " alone: the workloads call it `" + String.join("`, `", names) + "`",
                    "give the port one name");
        }
        return names.isEmpty()
                ? Integer.toString(port.value())
                : names.iterator().next();
    }

    private static void putLabels(Map<String, Object> target, Map<String, String> labels) {
        if (!labels.isEmpty()) {
            target.put("labels", labels);
        }
    }

    private Map<String, String> labelsOf(String name, SourceSpan span) {
        List<Workload> meant = mesh.workloads().stream()
                .filter(workload -> workload.key().shortName().equals(name))
                .toList();
        for (Map<String, String> labels : candidates(meant)) {
            List<Workload> selected = mesh.workloads().stream()
                    .filter(workload -> workload.labels().entrySet().containsAll(labels.entrySet()))
                    .toList();
            if (selected.equals(meant)) {
                return labels;
            }
        }
        refuse(
                span,
                "`" + name + "` alone: it has no labels that no other workload has",
                "give its pods a label of their own");
        return Map.of();
    }

    /** One label of the author's own with the namespace, then all of them. */
    private static List<Map<String, String>> candidates(List<Workload> meant) {
        Optional<Workload> first = meant.stream().findFirst();
        if (first.isEmpty()) {
            return List.of();
        }
        Map<String, String> namespace = new TreeMap<>();
        Optional.ofNullable(first.get().labels().get(KumaLabels.NAMESPACE))
                .ifPresent(value -> namespace.put(KumaLabels.NAMESPACE, value));
        Map<String, String> all = new TreeMap<>(namespace);
        List<Map<String, String>> candidates = new ArrayList<>();
        first.get().labels().forEach((key, value) -> {
            if (!key.contains("kuma.io/")) {
                Map<String, String> one = new TreeMap<>(namespace);
                one.put(key, value);
                candidates.add(one);
                all.put(key, value);
            }
        });
        candidates.add(all);
        return candidates;
    }

    private void refuse(SourceSpan span, String what, String help) {
        refusals.add(DiagnosticId.TARGET_UNSUPPORTED, span, "the target `resources` has no word for " + what, help);
    }
}
