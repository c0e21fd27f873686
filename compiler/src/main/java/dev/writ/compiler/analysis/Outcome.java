package dev.writ.compiler.analysis;

import dev.writ.compiler.source.SourceSpan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call.
 *
 * @param shadow what the shadow rules would have done; empty where there are none or the call did not get that far
 */
public record Outcome(Stage stage, Decided enforced, Optional<Decided> shadow) {

    /** Where it is decided. */
    public enum Stage {
        TLS,
        RBAC,
        NONE
    }

    /** Whether a call is let through. */
    public enum Decision {
        ALLOW,
        DENY
    }

    /**
     * A decision of one list of rules.
     *
     * @param rule its name; {@code default} where no rule matched, null where none was asked
     * @param place of the rule in its source; null for those that stand in none
     */
    public record Decided(
            Decision decision,
            @Nullable String rule,
            @Nullable SourceSpan place) {}

    static Outcome withoutRule(Stage stage, Decision decision) {
        return new Outcome(stage, new Decided(decision, null, null), Optional.empty());
    }

    public boolean isAllowed() {
        return enforced.decision() == Decision.ALLOW;
    }

    /** Whether the shadow rules report the call as one to be denied. */
    public boolean isShadowed() {
        return shadow.filter(decided -> decided.decision() == Decision.DENY).isPresent();
    }
}
