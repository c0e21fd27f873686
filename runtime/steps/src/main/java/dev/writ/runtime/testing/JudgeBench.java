package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.Opinion;
import java.util.List;
import java.util.function.Predicate;

/** Where the judges of a run sit; what they hold, a running Envoy above all, lives until the bench is closed. */
public interface JudgeBench extends AutoCloseable {

    /** The chosen judges of a policy. */
    default JudgePanel panel(Compilation policy) {
        return panel(policy, judge -> true);
    }

    /** Those of them that are wanted; there must be one. */
    JudgePanel panel(Compilation policy, Predicate<JudgeChoice> wanted);

    /** Whether one of the chosen judges is wanted, and there. */
    boolean judges(Predicate<JudgeChoice> wanted);

    /** Those that were chosen and cannot judge, and why. */
    List<Opinion.Unavailable> absent();

    @Override
    void close();
}
