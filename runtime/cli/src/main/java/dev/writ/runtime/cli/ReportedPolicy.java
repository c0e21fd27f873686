package dev.writ.runtime.cli;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Target;
import dev.writ.runtime.testing.DeclaredPolicy;
import dev.writ.runtime.testing.FeatureResults;
import dev.writ.runtime.testing.FeatureSources;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy that a run was about: what the {@code Background} of features declares, as every other command reads it, compiled for
 * each target that calls were judged for.
 *
 * @param features those that declare it
 */
record ReportedPolicy(List<String> features, DeclaredPolicy declared, Compilation compilation) {
    ReportedPolicy {
        features = List.copyOf(features);
    }

    /** In the order of the features; without those whose background declares no workload. */
    static List<ReportedPolicy> of(FeatureResults results) {
        Map<DeclaredPolicy, List<String>> features = new LinkedHashMap<>();
        judgedFor(results)
                .forEach((feature, targets) -> targets.forEach(target -> {
                    DeclaredPolicy declared = read(feature, target, new DiagnosticSink());
                    features.computeIfAbsent(declared, one -> new ArrayList<>()).add(feature);
                }));
        List<ReportedPolicy> policies = new ArrayList<>();
        features.forEach((declared, names) -> {
            Compilation compilation = declared.compile(new DiagnosticSink());
            if (!compilation.policy().workloads().isEmpty()) {
                policies.add(new ReportedPolicy(names, declared, compilation));
            }
        });
        return policies;
    }

    /** What a source declares, with a feature's own options, but for this target. */
    static DeclaredPolicy read(String source, Target target, DiagnosticSink sink) {
        var files = GitRevision.reader(InputStream.nullInputStream(), false).read(List.of(source), sink);
        DeclaredPolicy declared = FeatureSources.read(files, GitRevision.named(), true, sink);
        return declared.withOptions(declared.options().withTarget(target));
    }

    Target target() {
        return compilation.model().target();
    }

    private static Map<String, Set<Target>> judgedFor(FeatureResults results) {
        Map<String, Set<Target>> targets = new LinkedHashMap<>();
        results.results()
                .forEach(result -> targets.putIfAbsent(result.scenario().file(), new LinkedHashSet<>()));
        results.judged()
                .forEach(call -> targets.computeIfAbsent(call.scenario().file(), file -> new LinkedHashSet<>())
                        .add(call.policy().rules().target()));
        return targets;
    }
}
