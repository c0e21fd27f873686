package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.Opinion;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The judges of several runs: what they hold outlives a run, and what runs no longer ask for is let go. So a change that leaves the
 * config as it is finds its Envoy running.
 */
public final class KeptJudges implements AutoCloseable {
    private @Nullable ChosenJudges kept;

    /** The bench of the next run. */
    public JudgeBench bench(ChosenJudges chosen) {
        ChosenJudges judges = kept == null ? chosen : kept;
        kept = judges;
        judges.beginRun();
        return new OfOneRun(judges);
    }

    /** Ends them. */
    @Override
    public void close() {
        if (kept != null) {
            kept.close();
        }
        kept = null;
    }

    private record OfOneRun(ChosenJudges judges) implements JudgeBench {
        @Override
        public JudgePanel panel(Compilation policy, Predicate<JudgeChoice> wanted) {
            return judges.panel(policy, wanted);
        }

        @Override
        public boolean judges(Predicate<JudgeChoice> wanted) {
            return judges.judges(wanted);
        }

        @Override
        public List<Opinion.Unavailable> absent() {
            return judges.absent();
        }

        @Override
        public void close() {
            judges.endRun();
        }
    }
}
