package dev.writ.runtime.mutation;

import dev.writ.runtime.mutation.MutantResult.Equivalent;
import dev.writ.runtime.mutation.MutantResult.Killed;
import dev.writ.runtime.mutation.MutantResult.Open;
import dev.writ.runtime.mutation.MutantResult.Survived;
import java.util.List;
import java.util.stream.Stream;

/**
 * All mutants of some policies, in the order of their rules' places. A mutant that decides every call alike counts as none, though
 * another rule may decide: what is let through and reported is what a policy is for.
 */
public record MutationResults(List<MutantResult> all) {
    public MutationResults {
        all = List.copyOf(all);
    }

    private <T extends MutantResult> Stream<T> only(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast);
    }

    public List<Killed> killed() {
        return only(Killed.class).toList();
    }

    public List<Survived> survivors() {
        return only(Survived.class).toList();
    }

    public List<Open> open() {
        return only(Open.class).toList();
    }

    public List<Equivalent> equivalent() {
        return only(Equivalent.class).toList();
    }

    /** The calls that would leave no survivor, in the order of those. */
    public List<MissingCall> missing() {
        return only(Survived.class).map(Survived::missing).distinct().toList();
    }

    /** Those that count. */
    public int counted() {
        return all.size() - equivalent().size();
    }

    /** The killed among those that count, in percent, rounded down: 100 is all of them. */
    public int score() {
        return counted() == 0 ? 100 : (int) (100L * killed().size() / counted());
    }
}
