package dev.writ.compiler.model;

import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.TargetRef.Dataplanes;
import dev.writ.compiler.syntax.TargetRef.OneWorkload;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.util.Comparator;

/**
 * Kuma's order of policies, lowest first ({@code policies/core/matchers/dataplane.go}, {@code SortByTargetRef}): the whole mesh,
 * dataplanes, one of their inbounds; the global control plane's before a zone's; the system's before a workload owner's;
 * then by name, backwards.
 */
final class MergeOrder {
    /**
     * A permission and what orders it.
     *
     * @param origin the label {@code kuma.io/origin}
     * @param isOwners whether its role is {@code workload-owner} and not {@code system}
     */
    record Ranked(Permission permission, String origin, boolean isOwners, String displayName) {}

    /** What Kuma leaves to chance is settled by the place. */
    static final Comparator<Ranked> LOWEST_FIRST = Comparator.<Ranked>comparingInt(
                    ranked -> specificity(ranked.permission().target()))
            .thenComparingInt(ranked -> rank(ranked.origin()))
            .thenComparing(Ranked::isOwners)
            .thenComparing(Ranked::displayName, Comparator.reverseOrder())
            .thenComparing(ranked -> ranked.permission().qualifiedName())
            .thenComparing(ranked -> ranked.permission().span());

    private MergeOrder() {}

    private static int specificity(TargetRef target) {
        return switch (target) {
            case WholeMesh mesh -> 0;
            case OneWorkload workload -> 1;
            case TargetRef.Subset subset -> 3;
            case TargetRef.Service service -> service.isSubset() ? 8 : 5;
            case Dataplanes dataplanes -> dataplanes.sectionName() == null ? 1 : 2;
        };
    }

    private static int rank(String origin) {
        return switch (origin) {
            case "global" -> 0;
            case "zone" -> 2;
            default -> 1;
        };
    }
}
