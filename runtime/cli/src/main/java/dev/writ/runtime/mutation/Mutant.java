package dev.writ.runtime.mutation;

import dev.writ.compiler.ir.Rule;

/**
 * A policy with one rule changed.
 *
 * @param rule as it is
 * @param action of it: {@code allow}, {@code deny} or {@code shadow-deny}
 * @param words what is changed: {@code exact → prefix "spiffe://…"}
 */
public record Mutant(Rule rule, String action, Operator operator, String words) {}
