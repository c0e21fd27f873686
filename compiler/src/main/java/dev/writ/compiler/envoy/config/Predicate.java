package dev.writ.compiler.envoy.config;

import java.util.List;

/** A condition of a matcher list. */
public sealed interface Predicate
        permits Predicate.Matches, Predicate.AllOf, Predicate.AnyOf, Predicate.Not, Unmodelled {

    record Matches(MatchInput input, TextMatcher matcher) implements Predicate {}

    record AllOf(List<Predicate> members) implements Predicate {
        public AllOf {
            members = List.copyOf(members);
        }
    }

    record AnyOf(List<Predicate> members) implements Predicate {
        public AnyOf {
            members = List.copyOf(members);
        }
    }

    record Not(Predicate member) implements Predicate {}
}
