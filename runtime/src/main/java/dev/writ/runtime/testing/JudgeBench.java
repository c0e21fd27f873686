package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.Opinion;
import java.util.List;

/** Where the judges of a run sit; what they hold, a running Envoy above all, lives until the bench is closed. */
public interface JudgeBench extends AutoCloseable {

    /** The chosen judges of a policy. */
    JudgePanel panel(Compilation policy);

    /** Those that were chosen and cannot judge, and why. */
    List<Opinion.Unavailable> absent();

    @Override
    void close();
}
