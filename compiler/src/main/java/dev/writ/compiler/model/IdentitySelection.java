package dev.writ.compiler.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Which of a mesh's MeshIdentities a dataplane gets: of those that match its labels the one that asks for most, of several such
 * the first by name (Kuma's {@code BestMatched}). Readiness plays no part, and there is no second choice.
 */
final class IdentitySelection {
    static final Comparator<BoundIdentity> BY_NAME =
            Comparator.comparing(BoundIdentity::name).thenComparing(BoundIdentity::namespace);

    private final List<BoundIdentity> selecting;
    private final LabelIndex index;

    /** @param identities those of one mesh */
    IdentitySelection(List<BoundIdentity> identities) {
        selecting = identities.stream()
                .filter(identity -> identity.required() != null)
                .sorted(Comparator.comparingInt(IdentitySelection::specificity)
                        .reversed()
                        .thenComparing(BY_NAME))
                .toList();
        index = new LabelIndex(selecting.stream()
                .map(BoundIdentity::required)
                .<Map<String, String>>map(required -> required == null ? Map.of() : required)
                .toList());
    }

    private static int specificity(BoundIdentity identity) {
        Map<String, String> required = identity.required();
        return required == null ? 0 : required.size();
    }

    Optional<BoundIdentity> select(SortedMap<String, String> labels) {
        int best = index.matching(labels).nextSetBit(0);
        return best < 0 ? Optional.empty() : Optional.of(selecting.get(best));
    }
}
