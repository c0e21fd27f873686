package dev.writ.runtime.lsp;

import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.CallerGroupResource;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.NamespaceResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.runtime.lsp.PolicyFacts.Identified;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where the sources declare what a subject refers to. */
final class Definitions {
    private final Analysis analysis;
    private final PolicyFacts facts;

    Definitions(Analysis analysis) {
        this.analysis = analysis;
        this.facts = new PolicyFacts(analysis);
    }

    List<SourceSpan> of(Subject subject) {
        return switch (subject) {
            case Subject.Template template -> places(facts.selectedBy(template.identity()));
            case Subject.Variable variable -> List.of();
            case Subject.ReadLabel label -> labels(label.key(), value -> true);
            case Subject.SelectorLabel label -> labels(label.key(), label.value()::equals);
            case Subject.OwnLabel label -> List.of();
            case Subject.Callers callers ->
                places(facts.matched(callers.rule()).stream()
                        .map(Identified::workload)
                        .toList());
            case Subject.GroupMember member ->
                places(facts.members(member.caller()).stream()
                        .map(Identified::workload)
                        .toList());
            case Subject.StepWord word -> named(word.text());
            case Subject.Declared declared -> identities(declared.resource());
            case Subject.WorkloadName name -> places(facts.named(name.name()));
            case Subject.GroupName group -> named(CallerGroupResource.class, group.name());
            case Subject.Include include -> file(include.path());
            case Subject.MeshName mesh -> named(MeshResource.class, mesh.name());
            case Subject.NamespaceName namespace -> named(NamespaceResource.class, namespace.name());
        };
    }

    private List<SourceSpan> file(SourceText path) {
        try {
            Path folder = Path.of(path.span().file().name()).toAbsolutePath().getParent();
            Path meant = folder == null ? Path.of(path.value()) : folder.resolve(path.value());
            return analysis.file(meant.normalize().toString()).stream()
                    .map(file -> file.span(0, 0))
                    .toList();
        } catch (InvalidPathException noPath) {
            return List.of();
        }
    }

    /** What a step means by a word: the workload of this name or SPIFFE ID, the permission, or the file beside the feature. */
    private List<SourceSpan> named(SourceText word) {
        List<SourceSpan> places = new ArrayList<>(places(facts.meant(word.value())));
        places.addAll(named(PermissionResource.class, word.value()));
        places.removeIf(place -> place.equals(word.span()));
        return places.isEmpty() ? fileBeside(word) : places;
    }

    private static List<SourceSpan> fileBeside(SourceText path) {
        try {
            Path file = Path.of(path.span().file().neighbour(path.value()));
            return Files.isRegularFile(file) ? List.of(new SourceFile(file.toString(), "").span(0, 0)) : List.of();
        } catch (InvalidPathException noPath) {
            return List.of();
        }
    }

    private static List<SourceSpan> places(List<Workload> workloads) {
        return workloads.stream().map(Workload::span).distinct().toList();
    }

    /** A workload is declared where it stands: what is worth a jump is the MeshIdentity that gives it its ID. */
    private List<SourceSpan> identities(Resource resource) {
        return facts.of(resource).stream()
                .flatMap(workload -> Stream.ofNullable(workload.identity().by()))
                .map(identity -> identity.resource().metadata().name().span())
                .distinct()
                .toList();
    }

    /** Where a label is put on what may be a workload, or on its pods. */
    private List<SourceSpan> labels(String key, Predicate<String> value) {
        return analysis.resources().stream()
                .map(Definitions::carrier)
                .flatMap(metadata -> Stream.ofNullable(metadata.labels().get(key)))
                .filter(label -> value.test(label.value()))
                .map(SourceText::span)
                .distinct()
                .toList();
    }

    private static Metadata carrier(Resource resource) {
        return resource instanceof PodOwnerResource owner ? owner.podMetadata() : resource.metadata();
    }

    private <R extends Resource> List<SourceSpan> named(Class<R> kind, String name) {
        return analysis.resources().stream()
                .filter(kind::isInstance)
                .map(resource -> resource.metadata().name())
                .filter(one -> one.value().equals(name))
                .map(one -> one.span())
                .toList();
    }
}
