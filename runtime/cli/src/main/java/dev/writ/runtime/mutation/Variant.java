package dev.writ.runtime.mutation;

import dev.writ.compiler.ir.Rule;
import java.util.List;

/**
 * What becomes of a rule.
 *
 * @param words of the change: {@code exact → prefix "spiffe://…"}
 * @param instead the rules in its place, which act alike
 */
record Variant(Operator operator, String words, List<Rule> instead) {
    Variant {
        instead = List.copyOf(instead);
    }
}
