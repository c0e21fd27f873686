package dev.writ.runtime.mutation;

import dev.writ.compiler.analysis.InboundEdit;
import dev.writ.compiler.analysis.RuleListEdit;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.RuleMatching;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trial whose call gets as far as the rules, with all rules that it matches: what a mutant makes of it is known without asking the
 * others again.
 */
final class TriedCall {
    private final Trial trial;
    private final RuleMatching matching;
    private final RuleList enforced;
    private final @Nullable RuleList shadow;
    private final int[] matched;
    private final int[] reported;

    /** What a test makes of a mutant. */
    enum Reaction {
        /** Its call is decided as before. */
        NONE,
        /** It is content. */
        CONTENT,
        /** It fails, and only because another rule decides. */
        OTHER_RULE,
        /** It fails, for the call is decided otherwise. */
        OTHER_VERDICT
    }

    TriedCall(Trial trial, Caller.Certificate caller, InboundPolicy policy) {
        this.trial = trial;
        this.matching = new RuleMatching(trial.call(), caller);
        this.enforced = policy.enforced();
        this.shadow = policy.shadow().orElse(null);
        this.matched = matched(enforced);
        this.reported = shadow == null ? new int[0] : matched(shadow);
    }

    List<String> uriSans() {
        return matching.uriSans();
    }

    Trial trial() {
        return trial;
    }

    private int[] matched(RuleList list) {
        List<Rule> rules = list.rules();
        return IntStream.range(0, rules.size())
                .filter(i -> matching.matches(rules.get(i)))
                .toArray();
    }

    private record Deciding(Action action, @Nullable Rule rule) {}

    Reaction to(InboundEdit edit) {
        Deciding before = deciding(enforced, matched, Optional.empty());
        Deciding after = deciding(enforced, matched, edit.enforced());
        Decision shadowBefore = shadow == null ? null : decision(deciding(shadow, reported, Optional.empty()));
        Decision shadowAfter =
                shadow == null || isEmpty(shadow, edit) ? null : decision(deciding(shadow, reported, edit.shadow()));
        if (before.equals(after) && shadowBefore == shadowAfter) {
            return Reaction.NONE;
        }
        Verdict verdict = new Verdict(
                decision(after),
                Stage.RBAC,
                shadowAfter,
                after.rule() == null
                        ? RuleList.DEFAULT_NAME
                        : after.rule().origin().name(),
                null);
        if (trial.expected()
                .isMetBy(
                        verdict,
                        Optional.ofNullable(after.rule())
                                .map(rule -> rule.origin().span()))) {
            return Reaction.CONTENT;
        }
        boolean isSame = before.action() == after.action()
                && (after.action() == Action.DENY || (shadowBefore == Decision.DENY) == (shadowAfter == Decision.DENY));
        return isSame ? Reaction.OTHER_RULE : Reaction.OTHER_VERDICT;
    }

    private static boolean isEmpty(RuleList list, InboundEdit edit) {
        return edit.shadow().map(made -> made.in(list).rules().isEmpty()).orElse(false);
    }

    private Deciding deciding(RuleList list, int[] numbers, Optional<RuleListEdit> edit) {
        int removed = edit.map(RuleListEdit::removed).orElse(-1);
        int first = Integer.MAX_VALUE;
        for (int number : numbers) {
            if (number != removed) {
                first = number;
                break;
            }
        }
        if (edit.isPresent() && first >= edit.get().slot()) {
            for (Rule rule : edit.get().instead()) {
                if (matching.matches(rule)) {
                    // Of the policy that the call was made to: there its name and place are known.
                    Rule own = list.rules().get(removed);
                    return new Deciding(rule.action(), own);
                }
            }
        }
        return first == Integer.MAX_VALUE
                ? new Deciding(list.byDefault(), null)
                : new Deciding(list.rules().get(first).action(), list.rules().get(first));
    }

    private static Decision decision(Deciding deciding) {
        return switch (deciding.action()) {
            case ALLOW -> Decision.ALLOW;
            case DENY -> Decision.DENY;
        };
    }
}
