package dev.writ.compiler.envoy.config;

import java.util.List;

/** A condition of a matcher list. */
public sealed interface Predicate
        permits Predicate.Matches,
                Predicate.InBlocks,
                Predicate.AllOf,
                Predicate.AnyOf,
                Predicate.Not,
                Predicate.Custom {

    record Matches(MatchInput input, TextMatcher matcher) implements Predicate {}

    /** {@code envoy.matching.matchers.ip}: the input is an IP address of one of the blocks. */
    record InBlocks(MatchInput input, List<IpBlock> blocks) implements Predicate {
        public InBlocks {
            blocks = List.copyOf(blocks);
        }
    }

    /** A custom matcher that Writ does not model; it still needs its input to be there. */
    record Custom(MatchInput input, Unmodelled matcher) implements Predicate {}

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
