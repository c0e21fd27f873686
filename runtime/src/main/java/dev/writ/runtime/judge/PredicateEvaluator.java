package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.Predicate;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates the predicates of a matcher list as Envoy does:
 *
 * <pre>
 *  and: from the left, the first that is not yes is the result
 *  or:  yes if any is yes, whatever comes before it; else unknown, else stopped, if any is
 *  not: of yes and no the other one; stopped and unknown stay
 * </pre>
 *
 * So an unknown on the left of an {@code and} stays unknown even if a no follows: were it a stop, Envoy would deny.
 */
final class PredicateEvaluator {
    private final Connection connection;

    PredicateEvaluator(Connection connection) {
        this.connection = connection;
    }

    Truth evaluate(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Matches matches -> matches(matches);
            case Predicate.AllOf all -> allOf(all.members());
            case Predicate.AnyOf any -> anyOf(any.members());
            case Predicate.Not not -> negated(evaluate(not.member()));
            case Unmodelled unmodelled -> new Truth.Unknown(unmodelled.reason());
        };
    }

    private Truth allOf(List<Predicate> members) {
        for (Predicate member : members) {
            Truth truth = evaluate(member);
            if (!(truth instanceof Truth.Yes)) {
                return truth;
            }
        }
        return Truth.YES;
    }

    private Truth anyOf(List<Predicate> members) {
        List<Truth> truths = members.stream().map(this::evaluate).toList();
        return first(truths, Truth.Yes.class)
                .or(() -> first(truths, Truth.Unknown.class))
                .or(() -> first(truths, Truth.Stopped.class))
                .orElse(Truth.NO);
    }

    private static Optional<Truth> first(List<Truth> truths, Class<? extends Truth> kind) {
        return truths.stream().filter(kind::isInstance).findFirst();
    }

    private static Truth negated(Truth truth) {
        return switch (truth) {
            case Truth.Yes yes -> Truth.NO;
            case Truth.No no -> Truth.YES;
            case Truth.Stopped stopped -> stopped;
            case Truth.Unknown unknown -> unknown;
        };
    }

    private Truth matches(Predicate.Matches predicate) {
        return switch (connection.value(predicate.input())) {
            case MatchValue.Text text -> TextMatching.matches(predicate.matcher(), text.text());
            case MatchValue.Empty empty ->
                predicate.matcher() instanceof Unmodelled unmodelled
                        ? new Truth.Unknown(unmodelled.reason())
                        : Truth.NO;
            case MatchValue.Unavailable unavailable -> new Truth.Stopped();
            case MatchValue.Unknown unknown -> new Truth.Unknown(unknown.reason());
        };
    }
}
