package dev.writ.compiler.analysis;

/** What a change of a rule comes to, for every caller with a valid SPIFFE ID and every request. */
public enum EditEffect {
    /** Every call is decided as before, by the same rule. */
    NONE,
    /** Every call is let through, reported or kept out as before; of some another rule decides. */
    OTHER_RULE,
    /** Some call is decided otherwise. */
    OTHER_VERDICT,
    /** The rules ask too much to be compared. */
    UNKNOWN
}
