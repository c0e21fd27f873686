package dev.writ.runtime.judge;

import dev.writ.compiler.ir.Action;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the model came to its verdict: the rules it asked, in their order, up to the one that decided. Both lists are empty
 * where the call did not get as far as the rules.
 */
public record Trace(List<RuleTrace> enforced, List<RuleTrace> shadow) {
    public static final Trace NONE = new Trace(List.of(), List.of());

    public Trace {
        enforced = List.copyOf(enforced);
        shadow = List.copyOf(shadow);
    }

    /**
     * One rule that was asked.
     *
     * @param span the rule in its source; null for the guard, which Writ adds
     * @param matched whether it decided: all its steps hold
     */
    public record RuleTrace(
            Action action, String name, @Nullable SourceSpan span, boolean matched, List<Step> steps) {
        public RuleTrace {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Something that was asked of the call.
     *
     * @param text as a statement: {@code principal starts with "spiffe://…"}
     * @param parts what it is made of; empty for a plain one
     */
    public record Step(boolean holds, String text, List<Step> parts) {
        public Step {
            parts = List.copyOf(parts);
        }

        static Step plain(boolean holds, String text) {
            return new Step(holds, text, List.of());
        }
    }
}
