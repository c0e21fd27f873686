package dev.writ.runtime.lsp;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.MatchSyntax;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.CallerGroupResource;
import dev.writ.compiler.syntax.Resource.ClusterSpiffeIdResource;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import dev.writ.compiler.syntax.Resource.MeshTlsResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import dev.writ.compiler.syntax.Resource.NamespaceResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.SecretResource;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import dev.writ.compiler.syntax.Resource.UnmodelledResource;
import dev.writ.compiler.syntax.RuleSyntax;
import dev.writ.compiler.syntax.SelectionSyntax;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Expression;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import dev.writ.compiler.syntax.SpiffeTemplate.NumberLiteral;
import dev.writ.compiler.syntax.SpiffeTemplate.StringLiteral;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.WritParser;
import dev.writ.runtime.testing.FeatureSources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything of some resources that an editor has something to say of, with its place. */
final class Occurrences {
    /** What may stand between a key and its value: blanks, a separator, a quote. */
    private static final int LONGEST_SEPARATOR = 40;

    private final List<Occurrence> found = new ArrayList<>();

    private Occurrences() {}

    static List<Occurrence> of(Resource resource) {
        Occurrences occurrences = new Occurrences();
        occurrences.add(resource);
        return List.copyOf(occurrences.found);
    }

    /** What stands at an offset of a file: of several things the one that is least. */
    static Optional<Occurrence> at(List<Resource> resources, SourceFile file, int offset) {
        return Stream.concat(
                        resources.stream()
                                .filter(resource ->
                                        resource.span().file().name().equals(file.name()))
                                .flatMap(resource -> of(resource).stream()),
                        includes(file))
                .filter(occurrence -> occurrence.span().file().name().equals(file.name()) && occurrence.isAt(offset))
                .min(Comparator.comparingInt(Occurrence::length))
                .or(() -> FeatureSources.isOne(file) ? StepWords.at(file, offset) : Optional.empty());
    }

    private static Stream<Occurrence> includes(SourceFile file) {
        return file.name().endsWith(".writ")
                ? WritParser.parse(file, new DiagnosticSink()).includes().stream()
                        .map(path -> new Occurrence(path.span(), new Subject.Include(path)))
                : Stream.empty();
    }

    private void add(Resource resource) {
        addMetadata(resource);
        switch (resource) {
            case MeshIdentityResource identity -> {
                addSelector(resource, identity.matchLabels());
                addTemplate(identity, identity.trustDomain(), Subject.Part.TRUST_DOMAIN);
                addTemplate(identity, identity.path(), Subject.Part.PATH);
            }
            case PermissionResource permission -> {
                addTarget(resource, permission.targetRef());
                permission.rules().forEach(this::addRule);
                permission.from().forEach(from -> addTarget(resource, from.callers()));
            }
            case CallerGroupResource group -> group.callers().forEach(this::addMember);
            case MeshTlsResource tls -> addTarget(resource, tls.targetRef());
            case PodOwnerResource owner ->
                owner.podMetadata().labels().forEach((key, value) -> addLabel(owner, key, value));
            case ServiceResource service -> {}
            case DataplaneResource dataplane -> {}
            case MeshResource mesh -> {}
            case MeshTrustResource trust -> {}
            case MeshServiceResource service -> {}
            case NamespaceResource namespace -> {}
            case SecretResource secret -> {}
            case ClusterSpiffeIdResource registration -> {}
            case UnmodelledResource unmodelled -> {}
        }
    }

    private void addMetadata(Resource resource) {
        Metadata metadata = resource.metadata();
        add(metadata.name().span(), new Subject.Declared(resource));
        Located<String> namespace = metadata.namespace();
        if (namespace != null) {
            add(namespace.span(), new Subject.NamespaceName(namespace.value()));
        }
        Located<String> mesh = metadata.mesh();
        if (mesh != null) {
            add(mesh.span(), new Subject.MeshName(mesh.value()));
        }
        metadata.labels().forEach((key, value) -> addLabel(resource, key, value));
    }

    private void addLabel(Resource owner, String key, SourceText value) {
        if (key.equals(KumaLabels.MESH)) {
            add(value.span(), new Subject.MeshName(value.value()));
        } else {
            add(withKey(key, value), new Subject.OwnLabel(owner, key, value.value()));
        }
    }

    private void addSelector(@Nullable Resource owner, @Nullable Map<String, SourceText> labels) {
        if (labels != null) {
            labels.forEach(
                    (key, value) -> add(withKey(key, value), new Subject.SelectorLabel(owner, key, value.value())));
        }
    }

    private void addTarget(Resource owner, TargetRef target) {
        switch (target) {
            case TargetRef.WholeMesh whole -> {}
            case TargetRef.Selected selected -> addSelection(owner, selected.selection());
            case TargetRef.OneWorkload workload ->
                add(
                        workload.name().span(),
                        new Subject.WorkloadName(workload.name().value()));
            case TargetRef.Dataplanes dataplanes -> {
                addSelector(owner, dataplanes.labels());
                Located<String> name = dataplanes.name();
                if (name != null) {
                    add(name.span(), new Subject.WorkloadName(name.value()));
                }
            }
            case TargetRef.Subset subset -> addSelector(owner, subset.tags());
            case TargetRef.Service service -> addSelector(owner, service.tags());
        }
    }

    private void addRule(RuleSyntax rule) {
        Stream.of(rule.deny(), rule.allowWithShadowDeny(), rule.allow())
                .flatMap(List::stream)
                .forEach(this::addMatch);
    }

    private void addMatch(MatchSyntax match) {
        switch (match) {
            case CallerMatch caller -> addCallers(caller, match);
            case MatchSyntax.CallerAndServerNameMatch both -> addCallers(both.caller(), match);
            case MatchSyntax.RestrictedMatch restricted -> addCallers(restricted.caller(), match);
            case MatchSyntax.ServerNameMatch name ->
                add(name.span(), new Subject.Callers(name.span(), SourceText.verbatim(name.span())));
            case MatchSyntax.EmptyMatch empty ->
                add(empty.span(), new Subject.Callers(empty.span(), SourceText.verbatim(empty.span())));
        }
    }

    private void addCallers(CallerMatch caller, MatchSyntax match) {
        add(caller.pattern().span(), new Subject.Callers(match.span(), caller.pattern()));
        addCallers(caller);
    }

    private void addMember(CallerMatch caller) {
        add(caller.span(), new Subject.GroupMember(caller));
        addCallers(caller);
    }

    private void addCallers(CallerMatch caller) {
        switch (caller) {
            case MatchSyntax.WorkloadsMatch workloads -> addSelection(null, workloads.selection());
            case MatchSyntax.GroupMatch group ->
                add(group.name().span(), new Subject.GroupName(group.name().value()));
            case MatchSyntax.ExactMatch exact -> {}
            case MatchSyntax.PrefixMatch prefix -> {}
            case MatchSyntax.BelowMatch below -> {}
            case MatchSyntax.SegmentsMatch segments -> {}
            case MatchSyntax.AnyoneMatch anyone -> {}
        }
    }

    private void addSelection(@Nullable Resource owner, SelectionSyntax selection) {
        addSelector(owner, selection.labels());
        Located<String> workload = selection.workload();
        if (workload != null) {
            add(workload.span(), new Subject.WorkloadName(workload.value()));
        }
        SourceText namespace = selection.namespace();
        if (namespace != null) {
            add(namespace.span(), new Subject.NamespaceName(namespace.value()));
        }
        selection.meshes().forEach(mesh -> add(mesh.span(), new Subject.MeshName(mesh.value())));
    }

    private void addTemplate(MeshIdentityResource identity, @Nullable SourceText text, Subject.Part part) {
        if (text == null) {
            return;
        }
        add(text.span(), new Subject.Template(identity, part, text));
        SpiffeTemplateParser.parse(text, new DiagnosticSink()).stream()
                .flatMap(SpiffeTemplate::expressions)
                .forEach(expression -> addExpression(identity, part, expression));
    }

    private void addExpression(MeshIdentityResource identity, Subject.Part part, Expression expression) {
        switch (expression) {
            case Field field -> add(field.span(), new Subject.Variable(identity, part, field.name()));
            case Call call -> {
                if (call.function() == Function.LABEL && call.arguments().getFirst() instanceof StringLiteral name) {
                    add(name.span(), new Subject.ReadLabel(identity, name.value()));
                }
            }
            case StringLiteral text -> {}
            case NumberLiteral number -> {}
        }
    }

    private void add(SourceSpan span, Subject subject) {
        found.add(new Occurrence(span, subject));
    }

    /** A label's value and, where it stands right before it, its key. */
    private static SourceSpan withKey(String key, SourceText value) {
        SourceSpan span = value.span();
        int from = Math.max(0, span.start() - key.length() - LONGEST_SEPARATOR);
        String before = span.file().text().substring(from, span.start()).stripTrailing();
        if (before.endsWith("\"") && span.file().name().endsWith(".writ")) {
            // The place of a text in Writ is what stands between its quotes.
            before = before.substring(0, before.length() - 1).stripTrailing();
        }
        boolean isSeparated = before.endsWith(":") || before.endsWith("=");
        String keyed = isSeparated ? before.substring(0, before.length() - 1).stripTrailing() : "";
        int quote = keyed.endsWith("\"") || keyed.endsWith("'") ? 1 : 0;
        int start = keyed.length() - quote - key.length();
        return start >= 0 && keyed.startsWith(key, start)
                ? new SourceSpan(span.file(), from + start, span.end())
                : span;
    }
}
