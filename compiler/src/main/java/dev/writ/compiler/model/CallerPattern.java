package dev.writ.compiler.model;

import dev.writ.compiler.syntax.SelectionSyntax;
import java.util.List;
import java.util.Optional;

/** Which callers a rule is about, as its author wrote it. */
public sealed interface CallerPattern {

    /** Every caller: a match on the server name alone. */
    record AnyCaller() implements CallerPattern {}

    record ExactId(String id) implements CallerPattern {}

    /** Every string that begins with these bytes: no segment boundary is implied. */
    record IdPrefix(String prefix) implements CallerPattern {}

    /** One or more whole segments below this ID. */
    record BelowId(String id) implements CallerPattern {}

    /**
     * Whole segments, the trust domain first.
     *
     * @param segments each a name, or empty for any
     * @param below whether one or more must follow
     */
    record IdSegments(List<Optional<String>> segments, boolean below) implements CallerPattern {
        public IdSegments {
            segments = List.copyOf(segments);
        }
    }

    /** Workloads whose SPIFFE IDs are not looked up yet: what a mesh is made of has none. */
    record OfWorkloads(SelectionSyntax selection) implements CallerPattern {}

    /** The empty match {@code {}}, for which Envoy refuses the whole listener. */
    record NoPattern() implements CallerPattern {}
}
