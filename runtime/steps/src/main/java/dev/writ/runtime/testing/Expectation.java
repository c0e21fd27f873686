package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.ir.RuleList;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a feature says of a call. */
public enum Expectation {
    ALLOW("allow", "allowed"),
    DENY("deny", "denied"),
    /** Allowed, yet reported: a shadow rule would have denied it. */
    SHADOW_DENY("shadow-deny", "shadow-denied"),
    /** Allowed, and no shadow rule would have denied it. */
    UNREPORTED("allow, not shadow-deny", "allow unreported"),
    TLS_REFUSAL("refused by TLS", "tls"),
    NO_RULE("no rule to match", "no rule matched"),
    UNKNOWN("unknown", "unknown");

    private final String words;
    private final String alternative;

    Expectation(String words, String alternative) {
        this.words = words;
        this.alternative = alternative;
    }

    /** The words of a table's cell; empty if they say no decision. */
    public static Optional<Expectation> of(String cell) {
        String written = cell.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(expectation -> written.equals(expectation.words.toLowerCase(Locale.ROOT))
                        || written.equals(expectation.alternative))
                .findFirst();
    }

    /** What to say of a cell that says no decision. */
    static String advice(String cell) {
        List<String> known = Arrays.stream(values()).map(Expectation::words).toList();
        return NearName.help(cell, known).orElse("a decision is " + String.join(", ", known));
    }

    public String words() {
        return words;
    }

    public boolean isMetBy(Verdict verdict) {
        return switch (this) {
            case ALLOW -> verdict.decision() == Decision.ALLOW;
            case DENY -> verdict.decision() == Decision.DENY;
            case SHADOW_DENY -> verdict.decision() == Decision.ALLOW && verdict.shadow() == Decision.DENY;
            case UNREPORTED -> verdict.decision() == Decision.ALLOW && verdict.shadow() != Decision.DENY;
            case TLS_REFUSAL -> verdict.decision() == Decision.DENY && verdict.stage() == Stage.TLS;
            case NO_RULE -> RuleList.DEFAULT_NAME.equals(verdict.rule());
            case UNKNOWN -> verdict.decision() == Decision.UNKNOWN;
        };
    }
}
