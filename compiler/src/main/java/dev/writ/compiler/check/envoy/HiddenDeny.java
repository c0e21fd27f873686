package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.Predicate;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A deny in a matcher that never denies, because an allow before it takes all its callers: in a list the first match wins, and an
 * {@code on_no_match} is only for those who have matched nothing before. An earlier filter hides nothing: all RBAC filters must allow.
 */
final class HiddenDeny implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (RbacSite site : survey.rbacs()) {
            find(site.rbac().enforced(), site.matcher(), "deny", findings);
            find(site.rbac().shadow(), site.place() + ".shadow_matcher", "shadow deny", findings);
        }
    }

    private static void find(RbacRules rules, String place, String deny, Findings findings) {
        if (rules instanceof RbacRules.ByMatcher matcher) {
            new Walk(findings, deny, List.of(), List.of()).matcher(matcher.matcher(), place);
        }
    }

    /**
     * One place of a matcher.
     *
     * @param allowed callers who have been allowed before, and so do not come here
     * @param here what holds of all callers who come here
     */
    private record Walk(Findings findings, String deny, List<Predicate> allowed, List<Predicate> here) {
        void matcher(Matcher matcher, String place) {
            switch (matcher) {
                case Matcher.FirstOf list -> list(list, place);
                case Matcher.ExactMap map ->
                    map(map.entries(), map.onNoMatch(), place, "exact_match_map", key -> asked(map.input(), key, true));
                case Matcher.PrefixMap map ->
                    map(
                            map.entries(),
                            map.onNoMatch(),
                            place,
                            "prefix_match_map",
                            key -> asked(map.input(), key, false));
                case Matcher.IpMap map -> {
                    for (int i = 0; i < map.entries().size(); i++) {
                        String at = place + ".matcher_tree.custom_match.range_matchers[" + i + "].on_match";
                        nested(map.entries().get(i).onMatch(), at);
                    }
                    otherwise(map.onNoMatch(), place);
                }
                case Matcher.DomainMap map -> {
                    map.entries().values().forEach(next -> nested(next, place + ".matcher_tree.custom_match"));
                    otherwise(map.onNoMatch(), place);
                }
                case Matcher.Otherwise otherwise -> otherwise(otherwise.onNoMatch(), place);
                case Unmodelled other -> {}
            }
        }

        private void list(Matcher.FirstOf list, String place) {
            Walk walk = this;
            for (int i = 0; i < list.entries().size(); i++) {
                Matcher.Entry entry = list.entries().get(i);
                String at = place + ".matcher_list.matchers[" + i + "]";
                Walk inside = walk.where(entry.predicate());
                inside.end(entry.onMatch(), placeOf(entry.predicate(), at + ".predicate"));
                inside.nested(entry.onMatch(), at + ".on_match");
                if (isAllow(entry.onMatch())) {
                    walk = walk.without(entry.predicate());
                }
            }
            walk.otherwise(list.onNoMatch(), place);
        }

        private void map(
                Map<String, OnMatch> entries,
                Optional<OnMatch> onNoMatch,
                String place,
                String kind,
                Function<String, Predicate> asked) {
            Walk walk = this;
            for (Map.Entry<String, OnMatch> entry : entries.entrySet()) {
                String at = place + ".matcher_tree." + kind + ".map[`" + entry.getKey() + "`]";
                Walk inside = where(asked.apply(entry.getKey()));
                inside.end(entry.getValue(), at);
                inside.nested(entry.getValue(), at);
                if (isAllow(entry.getValue())) {
                    walk = walk.without(asked.apply(entry.getKey()));
                }
            }
            walk.otherwise(onNoMatch, place);
        }

        private static Predicate asked(MatchInput input, String key, boolean exact) {
            return new Predicate.Matches(
                    input, exact ? new TextMatcher.Exact(key, false) : new TextMatcher.StartsWith(key, false));
        }

        private void otherwise(Optional<OnMatch> onNoMatch, String place) {
            onNoMatch.ifPresent(next -> nested(next, place + ".on_no_match"));
        }

        private void nested(OnMatch onMatch, String place) {
            if (onMatch instanceof OnMatch.Nested nested) {
                matcher(nested.matcher(), place + ".matcher");
            }
        }

        private void end(OnMatch onMatch, String place) {
            Predicate callers = new Predicate.AllOf(here);
            boolean denies = onMatch instanceof OnMatch.Act act && act.effect() == Effect.DENY;
            if (denies && allowed.stream().anyMatch(before -> takesAll(before, callers))) {
                findings.add(
                        DiagnosticId.ENVOY_HIDDEN_DENY,
                        place,
                        "an allow before it takes all callers of this " + deny + ": the first match wins",
                        "put denies before allows");
            }
        }

        private Walk where(Predicate holds) {
            return new Walk(findings, deny, allowed, and(here, holds));
        }

        private Walk without(Predicate gone) {
            return new Walk(findings, deny, and(allowed, gone), here);
        }

        private static List<Predicate> and(List<Predicate> some, Predicate one) {
            List<Predicate> more = new ArrayList<>(some);
            more.add(one);
            return more;
        }

        private static boolean isAllow(OnMatch onMatch) {
            return onMatch instanceof OnMatch.Act act && act.effect() != Effect.DENY;
        }
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
