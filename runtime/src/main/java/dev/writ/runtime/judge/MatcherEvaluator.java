package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Evaluates a matcher as Envoy 1.35 and later do (tried on 1.40.0). A nested matcher that reaches no action counts as no
 * match: a list goes on to its next entry, an exact map to its {@code on_no_match}, a prefix map to the next shorter prefix
 * and then to its {@code on_no_match}. Only the outermost {@code on_no_match} that is asked can end without an action.
 */
final class MatcherEvaluator {
    private final Connection connection;
    private final PredicateEvaluator predicates;

    MatcherEvaluator(Connection connection) {
        this.connection = connection;
        this.predicates = new PredicateEvaluator(connection);
    }

    MatchOutcome evaluate(Matcher matcher) {
        return switch (matcher) {
            case Matcher.FirstOf list -> firstOf(list);
            case Matcher.ExactMap map ->
                lookUp(connection.value(map.input()), map.onNoMatch(), text -> follow(map.entries(), text));
            case Matcher.PrefixMap map ->
                lookUp(connection.value(map.input()), map.onNoMatch(), text -> followPrefixes(map.entries(), text));
            case Matcher.Otherwise otherwise -> follow(otherwise.onNoMatch());
            case Unmodelled unmodelled -> new MatchOutcome.Unknown(unmodelled.reason());
        };
    }

    private MatchOutcome firstOf(Matcher.FirstOf list) {
        for (Matcher.Entry entry : list.entries()) {
            MatchOutcome outcome = switch (predicates.evaluate(entry.predicate())) {
                case Truth.Yes yes -> follow(Optional.of(entry.onMatch()));
                case Truth.No no -> new MatchOutcome.Nothing();
                case Truth.Stopped stopped -> new MatchOutcome.Stopped();
                case Truth.Unknown unknown -> new MatchOutcome.Unknown(unknown.reason());
            };
            if (!(outcome instanceof MatchOutcome.Nothing)) {
                return outcome;
            }
        }
        return follow(list.onNoMatch());
    }

    private MatchOutcome lookUp(MatchValue value, Optional<OnMatch> onNoMatch, Function<String, MatchOutcome> entries) {
        return switch (value) {
            case MatchValue.Text text -> {
                MatchOutcome outcome = entries.apply(text.text());
                yield outcome instanceof MatchOutcome.Nothing ? follow(onNoMatch) : outcome;
            }
            case MatchValue.Empty empty -> follow(onNoMatch);
            case MatchValue.Unavailable unavailable -> new MatchOutcome.Stopped();
            case MatchValue.Unknown unknown -> new MatchOutcome.Unknown(unknown.reason());
        };
    }

    private MatchOutcome follow(Map<String, OnMatch> entries, String key) {
        return follow(Optional.ofNullable(entries.get(key)));
    }

    private MatchOutcome followPrefixes(Map<String, OnMatch> entries, String text) {
        return entries.keySet().stream()
                .filter(text::startsWith)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(prefix -> follow(entries, prefix))
                .filter(outcome -> !(outcome instanceof MatchOutcome.Nothing))
                .findFirst()
                .orElseGet(MatchOutcome.Nothing::new);
    }

    private MatchOutcome follow(Optional<OnMatch> onMatch) {
        if (onMatch.isEmpty()) {
            return new MatchOutcome.Nothing();
        }
        return switch (onMatch.get()) {
            case OnMatch.Act act -> new MatchOutcome.Decided(act.name(), act.effect());
            case OnMatch.Nested nested -> evaluate(nested.matcher());
            case Unmodelled unmodelled -> new MatchOutcome.Unknown(unmodelled.reason());
        };
    }
}
