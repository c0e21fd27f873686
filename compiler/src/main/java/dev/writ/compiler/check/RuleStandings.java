package dev.writ.compiler.check;

import dev.writ.compiler.analysis.RuleReview;
import dev.writ.compiler.analysis.Standing;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the rules of a mesh's permissions come to, on all the inbounds to which they apply. */
final class RuleStandings {
    private final List<ReviewedRules> lists;
    private final List<Source> sources = new ArrayList<>();
    private final Map<SourceSpan, Source> bySpan = new HashMap<>();
    private final Map<SourceSpan, List<Found>> found = new HashMap<>();

    /** A rule as it was written. */
    record Source(Permission permission, Permission.Rule rule) {}

    /** What it comes to in one of the lists. */
    record Found(ReviewedRules list, Standing standing) {}

    RuleStandings(Mesh mesh, List<Applied> applied, MeshPolicy policy) {
        this(mesh, applied, policy, ReviewedRules.MOST_RULES);
    }

    RuleStandings(Mesh mesh, List<Applied> applied, MeshPolicy policy, int mostRules) {
        List<String> inventory = mesh.workloads().stream()
                .flatMap(workload -> workload.identity() instanceof Issued issued
                        ? Stream.of(issued.id().toString())
                        : Stream.empty())
                .distinct()
                .toList();
        lists = ReviewedRules.of(applied, policy, inventory, mostRules);
        for (Permission permission : mesh.permissions()) {
            for (Permission.Rule rule : permission.rules()) {
                sources.add(new Source(permission, rule));
                bySpan.put(rule.span(), sources.getLast());
            }
        }
        lists.forEach(this::add);
    }

    private void add(ReviewedRules list) {
        for (int i = 0; i < list.rules().rules().size(); i++) {
            Standing standing = switch (list.review()) {
                case RuleReview.Known known -> known.standings().get(i);
                // Whatever cannot be told may decide something.
                case RuleReview.Unknown unknown -> new Standing.Decides(Optional.empty());
            };
            found.computeIfAbsent(list.rules().rules().get(i).origin().span(), none -> new ArrayList<>())
                    .add(new Found(list, standing));
        }
    }

    List<ReviewedRules> lists() {
        return lists;
    }

    /** All rules, in the order of their permissions. */
    List<Source> sources() {
        return sources;
    }

    /** What a rule was written as. */
    Source source(Rule rule) {
        return Objects.requireNonNull(bySpan.get(rule.origin().span()));
    }

    /** What a rule comes to, once for each list it is in; empty where it applies nowhere. */
    List<Found> of(Source source) {
        return found.getOrDefault(source.rule().span(), List.of());
    }
}
