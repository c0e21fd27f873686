package dev.writ.compiler.analysis;

import java.util.List;

/** What the rules of a list come to. */
public sealed interface RuleReview {

    /**
     * All of them.
     *
     * @param standings in the order of the rules
     */
    record Known(List<Standing> standings, List<Opposition> oppositions) implements RuleReview {
        public Known {
            standings = List.copyOf(standings);
            oppositions = List.copyOf(oppositions);
        }
    }

    /** Nothing is said. */
    record Unknown(String reason) implements RuleReview {}
}
