package dev.writ.compiler.model;

import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.SelectionSyntax;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which callers a rule is about, as its author wrote it. */
public sealed interface CallerPattern {

    /** The trust domain that all of them are of; none where the pattern is of several, or ends in it. */
    default Optional<String> trustDomain() {
        return switch (this) {
            case AnyCaller any -> Optional.empty();
            case NoPattern nothing -> Optional.empty();
            case OfWorkloads workloads -> Optional.empty();
            case ExactId exact -> SpiffeId.of(exact.id()).map(SpiffeId::trustDomain);
            case BelowId below -> SpiffeId.of(below.id()).map(SpiffeId::trustDomain);
            case IdSegments segments -> segments.segments().stream().findFirst().flatMap(Function.identity());
            case IdPrefix prefix -> {
                int slash = prefix.prefix().indexOf('/', SpiffeId.SCHEME.length());
                yield !prefix.prefix().startsWith(SpiffeId.SCHEME) || slash < 0
                        ? Optional.empty()
                        : Optional.of(prefix.prefix().substring(SpiffeId.SCHEME.length(), slash));
            }
        };
    }

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
