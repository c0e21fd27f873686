package dev.writ.runtime.judge;

import org.jspecify.annotations.Nullable;

/**
 * What a judge says of a call.
 *
 * @param shadow what the shadow rules would have done; judges of calls leave none unknown; null where there are none or the call did not get that far
 * @param rule what decided: an {@code Origin} name, {@code default}, or a guard's; null at TLS and for unknown
 * @param reason why it or its shadow is unknown, or what TLS objected to; null otherwise
 */
public record Verdict(
        Decision decision,
        Stage stage,
        @Nullable Decision shadow,
        @Nullable String rule,
        @Nullable String reason) {

    public enum Decision {
        ALLOW,
        DENY,
        UNKNOWN
    }

    /** Where it was decided. */
    public enum Stage {
        TLS,
        RBAC,
        NONE
    }

    public static Verdict unknown(String reason) {
        return new Verdict(Decision.UNKNOWN, Stage.NONE, null, null, reason);
    }

    public static Verdict refusedByTls(String reason) {
        return new Verdict(Decision.DENY, Stage.TLS, null, null, reason);
    }

    /** Whether two judges say the same: all but the reason, which each puts in its own words. */
    public boolean agreesWith(Verdict other) {
        return decision == other.decision
                && stage == other.stage
                && shadow == other.shadow
                && (rule == null ? other.rule == null : rule.equals(other.rule));
    }
}
