package dev.writ.runtime.cli;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.ModelVerdict;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.judge.PanelVerdict;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.proof.Remedy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call judged.
 *
 * @param panel what the chosen judges say
 * @param model why the model says what it says, whether it was chosen or not
 * @param remedy what would allow the call; empty where it is not denied, or nothing was found
 */
record Explanation(PanelVerdict panel, ModelVerdict model, PermissionNames names, Optional<Remedy> remedy) {

    /** What the judges say together; null where they disagree, or none of them is there. */
    @Nullable
    Decision decision() {
        List<Verdict> verdicts = panel.verdicts();
        return panel.agree() && !verdicts.isEmpty() ? verdicts.get(0).decision() : null;
    }

    /** Where the rule of a verdict stands: what the model found if it names the same rule, else the permission. */
    @Nullable
    SourceSpan place(Verdict verdict) {
        String rule = verdict.rule();
        if (rule == null) {
            return null;
        }
        return rule.equals(model.verdict().rule()) && model.origin() != null ? model.origin() : names.place(rule);
    }

    /** The judges that were asked for and are not there. */
    List<Opinion.Unavailable> absent() {
        return panel.opinions().stream()
                .filter(Opinion.Unavailable.class::isInstance)
                .map(Opinion.Unavailable.class::cast)
                .toList();
    }
}
