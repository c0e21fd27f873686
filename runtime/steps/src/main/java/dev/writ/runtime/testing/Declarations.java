package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.ZoneSources;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.MatchSyntax;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.PermissionRulesReader;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.ResourceReader;
import dev.writ.compiler.syntax.RuleSyntax;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.WritRulesParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the steps of a scenario declare so far. A step that declares something in error is refused at once. */
public final class Declarations {
    private final SourceCache sources;
    private final SourceFile feature;
    private final ScenarioTags tags;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final Map<String, SourceSpan> permissions = new HashMap<>();
    private final Map<String, PermissionResource> sentences = new LinkedHashMap<>();
    private ModelOptions options;
    private int changes;

    /** @param feature what paths are relative to */
    Declarations(SourceCache sources, SourceFile feature, ScenarioTags tags) {
        this.sources = sources;
        this.feature = feature;
        this.tags = tags;
        this.options = tags.targets().isEmpty()
                ? ModelOptions.DEFAULT
                : ModelOptions.DEFAULT.withTarget(tags.targets().getFirst().value());
    }

    /** The resources of a file, or of a folder's files. */
    public void resourcesIn(SourceText path) {
        DiagnosticSink sink = new DiagnosticSink();
        List<SourceFile> read = sources.read(inFolder(path), sink);
        refuseErrors(sink.sorted().stream()
                .map(diagnostic -> diagnostic.withRelated(path.span(), "named here"))
                .toList());
        files.addAll(read);
        changes++;
    }

    /** The same of resources that are applied to one zone's control plane; those that no zone has are applied to the global one. */
    public void zoneWithResources(String zone, SourceText path) {
        resourcesIn(path);
        List<ZoneSources> zones = new ArrayList<>(options.zones());
        zones.add(new ZoneSources(zone, inFolder(path)));
        options = options.withZones(zones);
    }

    private String inFolder(SourceText path) {
        return feature.neighbour(path.value());
    }

    /** Resources in a doc string. */
    public void resources(SourceText yaml) {
        DiagnosticSink sink = new DiagnosticSink();
        List<Resource> read = new ResourceReader().read(yaml, sink);
        refuseErrors(sink.sorted());
        resources.addAll(read);
        changes++;
    }

    /** Declarations in Writ, of a doc string or a table. */
    public void policy(List<SourceText> writ) {
        DiagnosticSink sink = new DiagnosticSink();
        List<Resource> read = new ArrayList<>();
        writ.forEach(text -> read.addAll(new ResourceReader().readWrit(text, sink)));
        for (Resource resource : read) {
            if (resource instanceof PermissionResource permission) {
                addName(permission.metadata().name(), sink);
            }
        }
        refuseErrors(sink.sorted());
        resources.addAll(read);
        changes++;
    }

    /** What a sentence allows or forbids: with the other sentences about the same callees it is one permission. */
    public void access(AccessSentence sentence) {
        DiagnosticSink sink = new DiagnosticSink();
        PermissionResource before = sentences.get(sentence.key());
        String name = before == null
                ? freeName(sentence.permissionName())
                : before.metadata().name().value();
        List<Resource> read = new ResourceReader().readWrit(sentence.toWrit(name), sink);
        // That the permission has no rule follows from what is wrong with its one rule.
        refuseErrors(sink.sorted().stream()
                .filter(diagnostic -> diagnostic.id() != DiagnosticId.SCHEMA_MISSING_FIELD)
                .toList());
        for (Resource resource : read) {
            if (resource instanceof PermissionResource permission) {
                permissions.putIfAbsent(name, permission.metadata().name().span());
                sentences.merge(sentence.key(), permission, Declarations::together);
            }
        }
        changes++;
    }

    private String freeName(String wanted) {
        String name = wanted;
        for (int number = 2; permissions.containsKey(name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    // One entry of all: between the entries of a MeshTrafficPermission a Kuma's order may matter.
    private static PermissionResource together(PermissionResource one, PermissionResource other) {
        RuleSyntax first = one.rules().getFirst();
        RuleSyntax second = other.rules().getFirst();
        RuleSyntax both = new RuleSyntax(
                concat(first.deny(), second.deny()),
                concat(first.allowWithShadowDeny(), second.allowWithShadowDeny()),
                concat(first.allow(), second.allow()),
                first.span());
        return new PermissionResource(
                one.metadata(), one.span(), one.targetRef(), List.of(both), one.from(), one.ofFeature());
    }

    private static List<MatchSyntax> concat(List<MatchSyntax> first, List<MatchSyntax> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private void addName(Located<String> name, DiagnosticSink sink) {
        SourceSpan before = permissions.putIfAbsent(name.value(), name.span());
        if (before != null) {
            sink.add(Diagnostic.of(
                            DiagnosticId.SCHEMA_DUPLICATE,
                            name.span(),
                            "a second permission `" + name.value() + "` in one scenario")
                    .withRelated(before, "the first one"));
        }
    }

    /** @param mediaType of the rules: none for Writ's, {@code yaml} for Kuma's */
    public void permission(SourceText name, TargetRef target, SourceText rules, @Nullable String mediaType) {
        DiagnosticSink sink = new DiagnosticSink();
        addName(new Located<>(name.value(), name.span()), sink);
        List<RuleSyntax> read = rules(rules, mediaType, sink);
        refuseErrors(sink.sorted());
        Metadata metadata =
                new Metadata(new Located<>(name.value(), name.span()), null, Map.of(), Map.of(), List.of(), null);
        resources.add(new PermissionResource(metadata, name.span(), target, read, List.of(), true));
        changes++;
    }

    /** What it is compiled for. */
    public void target(SourceText name) {
        Target target = Target.of(name.value()).orElse(null);
        if (target == null) {
            List<String> targets = ScenarioTags.targetNames();
            DiagnosticSink sink = new DiagnosticSink();
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    name.span(),
                    "there is no target `" + name.value() + "`",
                    NearName.help(name.value(), targets).orElse("the targets are " + String.join(", ", targets)));
            throw new StepRefused(sink.sorted());
        }
        if (!tags.targets().isEmpty()) {
            throw new StepRefused(List.of(
                    Diagnostic.of(DiagnosticId.SCHEMA_DUPLICATE, name.span(), "tags name the targets of this scenario")
                            .withRelated(tags.targets().getFirst().span(), "the first one")));
        }
        options = options.withTarget(target);
        changes++;
    }

    public void zone(String zone) {
        options = options.withZone(zone);
        changes++;
    }

    /** The folder that stands for the control plane's file system. */
    public void files(SourceText path) {
        Path files = Path.of(inFolder(path));
        if (!Files.isDirectory(files)) {
            throw new StepRefused(List.of(Diagnostic.of(
                    DiagnosticId.SOURCE_UNREADABLE, path.span(), "there is no folder `" + path.value() + "`")));
        }
        options = options.withFiles(files);
        changes++;
    }

    public void spireTrustDomain(String trustDomain) {
        options = options.withSpireTrustDomain(trustDomain);
        changes++;
    }

    /** @param workload that the tokens of universal dataplanes carry */
    public void tokenWorkload(String workload) {
        options = options.withTokenWorkload(workload);
        changes++;
    }

    /** All of it so far. */
    DeclaredPolicy declared() {
        List<Resource> all = new ArrayList<>(resources);
        all.addAll(sentences.values());
        return new DeclaredPolicy(files, all, options);
    }

    /** Grows with each declaration. */
    int changes() {
        return changes;
    }

    /** The places of the names of permissions. */
    Map<String, SourceSpan> permissions() {
        return Collections.unmodifiableMap(permissions);
    }

    List<Diagnostic> strictly(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(this::strictly).toList();
    }

    /** A permission that a step declares and that applies to nothing would let every denial pass: it is an error here. */
    private Diagnostic strictly(Diagnostic diagnostic) {
        boolean ofStep = diagnostic.id() == DiagnosticId.PERMISSION_SELECTS_NOTHING
                && diagnostic.span() != null
                && permissions.values().stream()
                        .anyMatch(name -> name.file() == diagnostic.span().file());
        return ofStep ? diagnostic.withSeverity(Severity.ERROR) : diagnostic;
    }

    private static List<RuleSyntax> rules(SourceText rules, @Nullable String mediaType, DiagnosticSink sink) {
        if (mediaType == null || mediaType.isEmpty() || mediaType.equals("writ")) {
            return WritRulesParser.parse(rules, sink).stream().toList();
        }
        if (mediaType.equals("yaml") || mediaType.equals("json")) {
            return new PermissionRulesReader().read(rules, sink);
        }
        sink.add(
                DiagnosticId.SCHEMA_INVALID_VALUE,
                rules.span(),
                "rules of the media type `" + mediaType + "` are not known",
                "no media type stands for Writ rules, `yaml` for Kuma's");
        return List.of();
    }

    static void refuseErrors(List<Diagnostic> found) {
        List<Diagnostic> errors = found.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new StepRefused(errors);
        }
    }
}
