package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.SelectionSyntax;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.TargetRef.Dataplanes;
import dev.writ.compiler.syntax.TargetRef.OneWorkload;
import dev.writ.compiler.syntax.TargetRef.Selected;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.util.Comparator;

/**
 * Kuma's order of policies, lowest first ({@code policies/core/matchers/dataplane.go}, {@code SortByTargetRef}): by what they
 * target, from the whole mesh to a service's subset; the global control plane's before a zone's; by the role that their
 * namespace gives them; then by name, backwards.
 */
final class MergeOrder {
    /**
     * A policy and what orders it.
     *
     * @param origin {@code global}, {@code zone}, or anything else for a policy that does not say
     */
    record Ranked<P>(
            P policy,
            TargetRef target,
            String origin,
            String role,
            String displayName,
            String namespace,
            SourceSpan span) {}

    private MergeOrder() {}

    /** What Kuma leaves to chance is settled by the place. */
    static Comparator<Ranked<?>> lowestFirst(Target target) {
        return Comparator.<Ranked<?>>comparingInt(ranked -> kind(ranked.target()))
                .thenComparingInt(ranked -> target.isKuma2() && isNamed(ranked.target()) ? 1 : 0)
                .thenComparingInt(ranked -> isSection(ranked.target()) ? 1 : 0)
                .thenComparingInt(ranked -> rank(ranked.origin()))
                .thenComparingInt(ranked -> PolicyRole.rank(ranked.role()))
                .thenComparing(Ranked::displayName, Comparator.reverseOrder())
                .thenComparing(Ranked::namespace)
                .thenComparing(Ranked::span);
    }

    private static int kind(TargetRef target) {
        return switch (target) {
            case WholeMesh mesh -> 1;
            case OneWorkload workload -> 2;
            case Selected selected -> isWholeMesh(selected.selection()) ? 1 : 2;
            case Dataplanes dataplanes -> 2;
            case TargetRef.Subset subset -> 3;
            case TargetRef.Service service -> service.isSubset() ? 8 : 5;
        };
    }

    // Up to 2.14 a dataplane that is named beats those that labels select.
    private static boolean isNamed(TargetRef target) {
        return target instanceof Dataplanes dataplanes && dataplanes.name() != null;
    }

    private static boolean isSection(TargetRef target) {
        return target instanceof Dataplanes dataplanes && dataplanes.sectionName() != null
                || target instanceof Selected selected && !selected.ports().isEmpty();
    }

    private static boolean isWholeMesh(SelectionSyntax selection) {
        return selection.workload() == null
                && selection.namespace() == null
                && selection.labels().isEmpty();
    }

    private static int rank(String origin) {
        return switch (origin) {
            case "global" -> 0;
            case "zone" -> 2;
            default -> 1;
        };
    }
}
