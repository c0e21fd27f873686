package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.Matcher.Entry;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.Predicate;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.TextMatcher;
import java.util.List;
import java.util.Optional;

/** A deny in a matcher list that never denies, because an allow before it takes all its callers: the first match wins. */
final class HiddenDeny implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (RbacSite site : survey.rbacs()) {
            if (site.rbac().enforced() instanceof RbacRules.ByMatcher rules) {
                matcher(rules.matcher(), site.matcher(), findings);
            }
        }
    }

    private static void matcher(Matcher matcher, String place, Findings findings) {
        if (!(matcher instanceof Matcher.FirstOf list)) {
            return;
        }
        List<Entry> entries = list.entries();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            String at = place + ".matcher_list.matchers[" + i + "]";
            if (isAct(entry, Effect.DENY)
                    && entries.stream()
                            .limit(i)
                            .anyMatch(before -> isAllow(before) && takesAll(before.predicate(), entry.predicate()))) {
                findings.add(
                        DiagnosticId.ENVOY_HIDDEN_DENY,
                        placeOf(entry.predicate(), at + ".predicate"),
                        "an allow before it takes all callers of this deny: the first match wins",
                        "put denies before allows");
            }
            nested(entry.onMatch(), at + ".on_match", findings);
        }
        Optional<OnMatch> next = list.onNoMatch();
        next.ifPresent(onMatch -> nested(onMatch, place + ".on_no_match", findings));
    }

    private static void nested(OnMatch onMatch, String place, Findings findings) {
        if (onMatch instanceof OnMatch.Nested nested) {
            matcher(nested.matcher(), place + ".matcher", findings);
        }
    }

    private static boolean isAllow(Entry entry) {
        return isAct(entry, Effect.ALLOW) || isAct(entry, Effect.LOG);
    }

    private static boolean isAct(Entry entry, Effect effect) {
        return entry.onMatch() instanceof OnMatch.Act act && act.effect() == effect;
    }

    private static String placeOf(Predicate predicate, String place) {
        return predicate instanceof Predicate.Matches matches
                ? AskedIdentities.placeOf(matches.matcher(), place + ".single_predicate.value_match")
                : place;
    }

    /** Whether the wider predicate surely holds where the narrower does. */
    static boolean takesAll(Predicate wider, Predicate narrower) {
        if (wider.equals(narrower)) {
            return true;
        }
        if (narrower instanceof Predicate.AnyOf any) {
            return any.members().stream().allMatch(member -> takesAll(wider, member));
        }
        if (wider instanceof Predicate.AllOf all) {
            return all.members().stream().allMatch(member -> takesAll(member, narrower));
        }
        if (narrower instanceof Predicate.AllOf all
                && all.members().stream().anyMatch(member -> takesAll(wider, member))) {
            return true;
        }
        if (wider instanceof Predicate.AnyOf any) {
            return any.members().stream().anyMatch(member -> takesAll(member, narrower));
        }
        return wider instanceof Predicate.Matches one
                && narrower instanceof Predicate.Matches other
                && one.input().equals(other.input())
                && takesAll(one.matcher(), other.matcher());
    }

    private static boolean takesAll(TextMatcher wider, TextMatcher narrower) {
        if (SameText.of(wider, narrower)) {
            return true;
        }
        if (narrower instanceof TextMatcher.Exact exact && !exact.ignoreCase()) {
            return IdentityGuard.holds(wider, exact.text()).orElse(false);
        }
        return narrower instanceof TextMatcher.StartsWith prefix
                && !prefix.ignoreCase()
                && (wider instanceof TextMatcher.StartsWith || wider instanceof TextMatcher.Contains)
                && IdentityGuard.holds(wider, prefix.text()).orElse(false);
    }
}
