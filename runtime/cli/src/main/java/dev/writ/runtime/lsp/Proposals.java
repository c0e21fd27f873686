package dev.writ.runtime.lsp;

import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.TemplateScope;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.CallerGroupResource;
import dev.writ.compiler.syntax.Resource.NamespaceResource;
import dev.writ.compiler.syntax.WritExpectation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItemKind;

/** What may stand at a {@link CompletionPoint}: names, labels and SPIFFE IDs of the policy, variables of templates. */
final class Proposals {
    /** The functions of templates that people use. */
    private static final List<String> FUNCTIONS = List.of("label", "print", "printf");

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Analysis analysis;
    private final PolicyFacts facts;

    Proposals(Analysis analysis) {
        this.analysis = analysis;
        this.facts = new PolicyFacts(analysis);
    }

    List<Proposal> of(CompletionPoint point) {
        return switch (point.subject()) {
            case null -> names(point.names(), CompletionItemKind.Keyword, "");
            case Subject.Template template -> action(template.part());
            case Subject.Variable variable -> variables(variable.part(), "");
            case Subject.ReadLabel label -> keys();
            case Subject.SelectorLabel label ->
                label.key().contains(CompletionPoint.WORD) ? keys() : values(label.key());
            case Subject.OwnLabel label -> label.key().contains(CompletionPoint.WORD) ? keys() : values(label.key());
            case Subject.Callers callers -> spiffeIds();
            case Subject.GroupMember member -> spiffeIds();
            case Subject.StepWord word -> List.of();
            case Subject.Declared declared -> List.of();
            case Subject.WorkloadName name -> workloads();
            case Subject.GroupName group -> groups();
            case Subject.Include include -> List.of();
            case Subject.MeshName mesh -> meshes();
            case Subject.NamespaceName namespace -> names(namespaces(), CompletionItemKind.Module, "namespace");
        };
    }

    /** What may stand where a Writ text is being written. */
    List<Proposal> of(WritExpectation expectation) {
        List<Proposal> proposals = new ArrayList<>();
        expectation.slots().forEach(slot -> proposals.addAll(of(slot, expectation.key())));
        expectation.keywords().forEach(keyword -> proposals.add(new Proposal(keyword, CompletionItemKind.Keyword, "")));
        return proposals;
    }

    private List<Proposal> of(WritExpectation.Slot slot, String key) {
        return switch (slot) {
            case SPIFFE_ID -> spiffeIds();
            case LABEL_KEY -> keys();
            case LABEL_VALUE -> values(key).stream().map(value -> quoted(value)).toList();
            case WORKLOAD -> workloads();
            case GROUP -> groups();
            case NAMESPACE -> names(namespaces(), CompletionItemKind.Module, "namespace");
            case MESH -> meshes();
            case ZONE ->
                names(analysis.model().meshes().stream().map(Mesh::zone).toList(), CompletionItemKind.Module, "zone");
            case SERVICE_ACCOUNT -> values(KumaLabels.SERVICE_ACCOUNT);
            case METHOD -> names(METHODS, CompletionItemKind.EnumMember, "");
        };
    }

    private static Proposal quoted(Proposal value) {
        return new Proposal("\"" + value.text() + "\"", value.kind(), value.detail());
    }

    private List<Proposal> meshes() {
        return names(analysis.model().meshes().stream().map(Mesh::name).toList(), CompletionItemKind.Module, "mesh");
    }

    private static List<Proposal> action(Subject.Part part) {
        List<Proposal> proposals = new ArrayList<>(variables(part, "."));
        FUNCTIONS.forEach(function -> proposals.add(new Proposal(function, CompletionItemKind.Function, "")));
        return proposals;
    }

    private static List<Proposal> variables(Subject.Part part, String dot) {
        TemplateScope scope = switch (part) {
            case TRUST_DOMAIN -> TemplateScope.trustDomain("", "", Map.of());
            case PATH -> TemplateScope.path("", Map.of());
        };
        return scope.variables().keySet().stream()
                .map(name -> new Proposal(dot + name, CompletionItemKind.Variable, "template variable"))
                .toList();
    }

    private List<Proposal> keys() {
        return facts.labels().entrySet().stream()
                .map(label -> new Proposal(
                        label.getKey(),
                        CompletionItemKind.Property,
                        String.join(", ", label.getValue().stream().limit(5).toList())))
                .toList();
    }

    private List<Proposal> values(String key) {
        SortedSet<String> values = facts.labels().getOrDefault(key, new TreeSet<>());
        return names(values, CompletionItemKind.Value, key);
    }

    private List<Proposal> spiffeIds() {
        SortedMap<String, String> ids = new TreeMap<>();
        facts.identified()
                .forEach(caller -> ids.putIfAbsent(
                        caller.spiffeId(), caller.workload().key().toString()));
        return ids.entrySet().stream()
                .map(id -> new Proposal(id.getKey(), CompletionItemKind.Value, id.getValue()))
                .toList();
    }

    private List<Proposal> workloads() {
        return names(
                facts.workloads().stream()
                        .map(workload -> workload.key().shortName())
                        .toList(),
                CompletionItemKind.Class,
                "workload");
    }

    private List<Proposal> groups() {
        return names(
                analysis.resources().stream()
                        .filter(CallerGroupResource.class::isInstance)
                        .map(group -> group.metadata().name().value())
                        .toList(),
                CompletionItemKind.Class,
                "group");
    }

    private List<String> namespaces() {
        Stream<String> declared = analysis.resources().stream()
                .filter(NamespaceResource.class::isInstance)
                .map(Resource::metadata)
                .map(metadata -> metadata.name().value());
        Stream<String> used =
                facts.workloads().stream().map(Workload::key).flatMap(key -> Stream.ofNullable(key.namespace()));
        return Stream.concat(declared, used).toList();
    }

    private static List<Proposal> names(Collection<String> names, CompletionItemKind kind, String detail) {
        return names.stream()
                .distinct()
                .sorted()
                .map(name -> new Proposal(name, kind, detail))
                .toList();
    }
}
