package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import org.jspecify.annotations.Nullable;

/**
 * Calls that two policies decide differently, all because of one rule.
 *
 * @param cause the rule that is new, changed or gone, or that is asked at another place; null where it is none: how callers come in
 * @param edit what has become of that rule
 * @param witness one of the calls
 */
public record Change(
        Kind kind, @Nullable Decided cause, RuleEdit edit, Witness witness, Outcome before, Outcome after) {

    /** In which way. */
    public enum Kind {
        NEWLY_ALLOWED,
        NEWLY_DENIED,
        /** Decided as before, and now reported as one to be denied. */
        NEWLY_SHADOWED,
        NO_LONGER_SHADOWED,
        /** Decided as before, by another rule. */
        OTHER_RULE
    }
}
