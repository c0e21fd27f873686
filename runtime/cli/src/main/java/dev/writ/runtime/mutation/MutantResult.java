package dev.writ.runtime.mutation;

/** What became of a mutant. */
public sealed interface MutantResult {
    Mutant mutant();

    /** A test fails on it. */
    record Killed(Mutant mutant, Trial by) implements MutantResult {}

    /**
     * It decides every call as the policy does, which is proved: no test can tell.
     *
     * @param sameRule whether of every call the same rule decides, too
     */
    record Equivalent(Mutant mutant, boolean sameRule) implements MutantResult {}

    /** No test tells, and this one would. */
    record Survived(Mutant mutant, MissingCall missing) implements MutantResult {}

    /** No test tells, and whether one could is not known. */
    record Open(Mutant mutant, String reason) implements MutantResult {}
}
