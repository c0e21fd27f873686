package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource;
import dev.writ.runtime.testing.feature.FeatureFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The features among the sources of a command. The policy of a feature is what its background declares, as every scenario of it
 * begins with. What a rule's background or a scenario declares beyond that holds there alone, and is none.
 */
public final class FeatureSources {
    private final SourceCache cache;
    private final DiagnosticSink sink;
    private final boolean targetIsChosen;
    private final List<SourceFile> files = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private final List<Resource> resources = new ArrayList<>();
    private final Map<String, SourceSpan> permissions = new HashMap<>();
    private ModelOptions options = ModelOptions.DEFAULT;
    private @Nullable FeatureFile first;

    private FeatureSources(SourceCache cache, boolean targetIsChosen, DiagnosticSink sink) {
        this.cache = cache;
        this.targetIsChosen = targetIsChosen;
        this.sink = sink;
    }

    public static boolean isOne(SourceFile file) {
        return file.name().endsWith(".feature");
    }

    /**
     * What sources declare: the files among them, the features' own files, and what stands in the features.
     *
     * @param cache reads the files that features name
     * @param targetIsChosen whether something else than the features says the target
     */
    public static DeclaredPolicy read(
            List<SourceFile> sources, SourceCache cache, boolean targetIsChosen, DiagnosticSink sink) {
        FeatureSources all = new FeatureSources(cache, targetIsChosen, sink);
        sources.stream().filter(source -> !isOne(source)).forEach(all::add);
        sources.stream().filter(FeatureSources::isOne).forEach(all::read);
        return new DeclaredPolicy(all.files, all.resources, all.options);
    }

    private void add(SourceFile file) {
        // A file may be named by the command line and by several features.
        if (file.name().startsWith("<")
                || seen.add(Path.of(file.name()).toAbsolutePath().normalize())) {
            files.add(file);
        }
    }

    private void read(SourceFile source) {
        DiagnosticSink syntax = new DiagnosticSink();
        FeatureFile feature = FeatureFile.parse(source, syntax);
        syntax.sorted().forEach(sink::add);
        if (syntax.hasErrors()) {
            return;
        }
        Declarations declared = BackgroundReading.read(feature, cache, targetIsChosen, sink);
        DeclaredPolicy policy = declared.declared();
        if (policy.files().isEmpty() && policy.resources().isEmpty() && !sink.hasErrors()) {
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    feature.head(),
                    "this feature declares no policy",
                    "the policy of a feature is what the Given steps of its `Background` declare");
        }
        policy.files().forEach(this::add);
        resources.addAll(policy.resources());
        declared.permissions().forEach(this::addPermission);
        addOptions(feature, policy.options());
    }

    private void addPermission(String name, SourceSpan span) {
        SourceSpan before = permissions.putIfAbsent(name, span);
        if (before != null) {
            sink.add(Diagnostic.of(DiagnosticId.SCHEMA_DUPLICATE, span, "a second permission `" + name + "`")
                    .withRelated(before, "the first one"));
        }
    }

    private void addOptions(FeatureFile feature, ModelOptions said) {
        if (said.equals(ModelOptions.DEFAULT)) {
            return;
        }
        FeatureFile before = first;
        if (before != null && !said.equals(options)) {
            sink.add(Diagnostic.of(
                            DiagnosticId.SCHEMA_DUPLICATE,
                            feature.head(),
                            "this feature is about another control plane: its target, zone or files differ",
                            "give the features to the command one by one")
                    .withRelated(before.head(), "from those of this one"));
            return;
        }
        first = feature;
        options = said;
    }
}
