package dev.writ.runtime.testing;

import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Verdict;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A verdict in words: {@code allow (permission.yaml:9 `mtp`)}. */
final class VerdictText {
    private VerdictText() {}

    /** @param place of the rule that decided, if one did */
    static String of(Verdict verdict, RuleNames names, Optional<SourceSpan> place) {
        String decision = verdict.decision().name().toLowerCase(Locale.ROOT);
        String shadow = verdict.shadow() == Verdict.Decision.DENY ? ", shadow-deny" : "";
        return decision + shadow + " (" + why(verdict, names, place) + ")";
    }

    /** A rule with its place, short: {@code permission.yaml:9 `mtp`}. */
    static String rule(String shownName, SourceSpan place) {
        Path file = Path.of(place.file().name()).getFileName();
        return file + ":" + place.startPosition().line() + " `" + shownName + "`";
    }

    private static String why(Verdict verdict, RuleNames names, Optional<SourceSpan> place) {
        String rule = names.decider(verdict, place);
        String reason = verdict.reason() == null ? "" : verdict.reason();
        if (verdict.decision() == Verdict.Decision.UNKNOWN) {
            return reason;
        }
        if (verdict.stage() == Verdict.Stage.TLS) {
            return "refused by TLS: " + reason;
        }
        if (rule == null) {
            return reason.isEmpty() ? "the inbound takes plaintext, and asks no rule" : reason;
        }
        if (rule.equals(RuleList.DEFAULT_NAME)) {
            return "no rule matched";
        }
        String shown = names.shown(rule);
        return place.map(span -> rule(shown, span)).orElse("`" + shown + "`");
    }
}
