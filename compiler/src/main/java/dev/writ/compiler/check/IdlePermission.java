package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.PermissionSelection;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SelectionSyntax;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.TargetRef.Dataplanes;
import dev.writ.compiler.syntax.TargetRef.OneWorkload;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A permission that applies to no inbound of any workload. Sources without workloads say nothing about it. */
final class IdlePermission implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        if (mesh.workloads().isEmpty()) {
            return;
        }
        PermissionSelection selection = new PermissionSelection(mesh);
        Set<Permission> applied = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Workload workload : mesh.workloads()) {
            workload.inbounds().forEach(inbound -> applied.addAll(selection.select(workload, inbound)));
        }
        mesh.permissions().stream()
                .filter(permission -> !applied.contains(permission))
                .forEach(permission -> sink.add(finding(mesh, permission)));
    }

    private static Diagnostic finding(Mesh mesh, Permission permission) {
        List<Workload> reachable = mesh.workloads().stream()
                .filter(workload -> permission.ownNamespaceOnly() == null
                        || permission.ownNamespaceOnly().equals(workload.key().namespace()))
                .toList();
        if (reachable.isEmpty()) {
            List<String> namespaces = mesh.workloads().stream()
                    .flatMap(workload -> Stream.ofNullable(workload.key().namespace()))
                    .distinct()
                    .toList();
            String namespace = Objects.requireNonNull(permission.ownNamespaceOnly());
            return of(
                    permission,
                    "there is none in its namespace `" + namespace + "`, to which alone it applies",
                    NearName.help(namespace, namespaces)
                            .orElse("in the namespace of the control plane it would apply to all"));
        }
        return switch (permission.target()) {
            case WholeMesh whole -> of(permission, "there is none with an inbound", null);
            case OneWorkload workload -> finding(permission, workload.name(), reachable);
            case Dataplanes dataplanes -> finding(permission, dataplanes, reachable);
            case TargetRef.Selected selected -> finding(permission, selected, reachable);
            case TargetRef.Subset subset -> of(permission, "none has an inbound with all of its tags", null);
            case TargetRef.Service service -> of(permission, "none has its service as a tag", null);
        };
    }

    private static Diagnostic finding(Permission permission, Located<String> name, List<Workload> reachable) {
        List<String> names =
                reachable.stream().map(workload -> workload.key().shortName()).toList();
        return Diagnostic.of(
                DiagnosticId.PERMISSION_SELECTS_NOTHING,
                name.span(),
                message(permission, "none has the name `" + name.value() + "`"),
                NearName.help(name.value(), names).orElse(null));
    }

    private static Diagnostic finding(Permission permission, Dataplanes target, List<Workload> reachable) {
        Selector selector = new Selector(target.labels());
        List<Workload> selected = reachable.stream().filter(selector::selects).toList();
        Located<String> section = target.sectionName();
        if (selected.isEmpty()) {
            return selector.miss(reachable)
                    .map(miss -> Diagnostic.of(
                            DiagnosticId.PERMISSION_SELECTS_NOTHING,
                            miss.place(),
                            message(permission, miss.message()),
                            miss.help()))
                    .orElseGet(() -> of(permission, "none has all of its labels", null));
        }
        Located<String> name = target.name();
        if (section == null) {
            return name == null
                    ? of(permission, "none is selected", null)
                    : Diagnostic.of(
                            DiagnosticId.PERMISSION_SELECTS_NOTHING,
                            name.span(),
                            message(permission, "none has the name `" + name.value() + "`"));
        }
        List<String> sections = selected.stream()
                .flatMap(workload -> workload.inbounds().stream())
                .map(IdlePermission::section)
                .distinct()
                .toList();
        return Diagnostic.of(
                DiagnosticId.PERMISSION_SELECTS_NOTHING,
                section.span(),
                message(permission, "none has the inbound `" + section.value() + "`"),
                NearName.help(section.value(), sections)
                        .orElse("there is `" + String.join("`, `", sections.subList(0, Math.min(5, sections.size())))
                                + "`"));
    }

    private static Diagnostic finding(Permission permission, TargetRef.Selected target, List<Workload> reachable) {
        SelectionSyntax selection = target.selection();
        if (selection.workload() != null
                && reachable.stream()
                        .noneMatch(workload -> workload.key()
                                .shortName()
                                .equals(selection.workload().value()))) {
            return finding(permission, selection.workload(), reachable);
        }
        Map<String, SourceText> labels = new LinkedHashMap<>(selection.labels());
        if (selection.namespace() != null) {
            labels.put(KumaLabels.NAMESPACE, selection.namespace());
        }
        Selector selector = new Selector(labels);
        List<Workload> selected = reachable.stream()
                .filter(selector::selects)
                .filter(workload -> selection.workload() == null
                        || workload.key()
                                .shortName()
                                .equals(selection.workload().value()))
                .toList();
        if (selected.isEmpty()) {
            return selector.miss(reachable)
                    .map(miss -> Diagnostic.of(
                            DiagnosticId.PERMISSION_SELECTS_NOTHING,
                            miss.place(),
                            message(permission, miss.message()),
                            miss.help()))
                    .orElseGet(() -> of(permission, "none has all that it asks for", null));
        }
        if (target.ports().isEmpty()) {
            return of(permission, "there is none with an inbound", null);
        }
        Located<Integer> port = target.ports().getFirst();
        String ports = selected.stream()
                .flatMap(workload -> workload.inbounds().stream())
                .map(inbound -> Integer.toString(inbound.port()))
                .distinct()
                .limit(5)
                .collect(Collectors.joining("`, `"));
        return Diagnostic.of(
                DiagnosticId.PERMISSION_SELECTS_NOTHING,
                port.span(),
                message(permission, "none has the port " + port.value()),
                ports.isEmpty() ? null : "there is `" + ports + "`");
    }

    private static String section(Inbound inbound) {
        return inbound.name() == null ? Integer.toString(inbound.port()) : inbound.name();
    }

    private static Diagnostic of(Permission permission, String why, @Nullable String help) {
        return Diagnostic.of(
                DiagnosticId.PERMISSION_SELECTS_NOTHING, permission.span(), message(permission, why), help);
    }

    private static String message(Permission permission, String why) {
        return "the permission `" + permission.qualifiedName() + "` applies to no workload: " + why;
    }
}
