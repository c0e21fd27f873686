package dev.writ.compiler.check.envoy;

import dev.writ.compiler.envoy.config.Identifier;
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
import java.util.Set;
import java.util.function.Function;

/** Collects what the enforced rules of a filter ask of certificates. */
final class AskedIdentities {
    private final RbacSite site;
    private final List<Asked> found = new ArrayList<>();

    private AskedIdentities(RbacSite site) {
        this.site = site;
    }

    static List<Asked> of(RbacSite site) {
        AskedIdentities asked = new AskedIdentities(site);
        switch (site.rbac().enforced()) {
            case RbacRules.ByMatcher matcher -> asked.matcher(matcher.matcher(), site.matcher(), IdentityGuard.NONE);
            case RbacRules.ByPolicies policies -> asked.policies(policies);
            case RbacRules.Absent absent -> {}
            case Unmodelled other -> {}
        }
        return asked.found;
    }

    private void policies(RbacRules.ByPolicies rules) {
        for (RbacRules.Policy policy : rules.policies()) {
            String place = site.rules() + ".policies[`" + policy.name() + "`].principals";
            for (int i = 0; i < policy.principals().size(); i++) {
                identifier(policy.principals().get(i), place + "[" + i + "]", false, Set.of(rules.action()));
            }
        }
    }

    private void identifier(Identifier identifier, String place, boolean negated, Set<Effect> effects) {
        switch (identifier) {
            case Identifier.AnyOf any -> members(any.members(), place + ".or_ids.ids", negated, effects);
            case Identifier.AllOf all -> members(all.members(), place + ".and_ids.ids", negated, effects);
            case Identifier.Not not -> identifier(not.member(), place + ".not_id", !negated, effects);
            case Identifier.Authenticated authenticated ->
                authenticated
                        .name()
                        .ifPresent(name -> found.add(new Asked(
                                site,
                                placeOf(name, place + ".authenticated.principal_name"),
                                Asked.Name.ANY,
                                name,
                                negated,
                                effects,
                                IdentityGuard.NONE)));
            case Identifier.Any any -> {}
            case Identifier.ValidatedCertificate certificate -> {}
            case Identifier.Address address -> {}
            case Identifier.Header header -> {}
            case Identifier.UrlPath path -> {}
            case Unmodelled other -> {}
        }
    }

    private void members(List<Identifier> members, String place, boolean negated, Set<Effect> effects) {
        for (int i = 0; i < members.size(); i++) {
            identifier(members.get(i), place + "[" + i + "]", negated, effects);
        }
    }

    private void matcher(Matcher matcher, String place, IdentityGuard guard) {
        switch (matcher) {
            case Matcher.FirstOf list -> {
                IdentityGuard passed = guard;
                for (int i = 0; i < list.entries().size(); i++) {
                    Matcher.Entry entry = list.entries().get(i);
                    String at = place + ".matcher_list.matchers[" + i + "]";
                    predicate(entry.predicate(), at + ".predicate", false, Effects.of(entry.onMatch()), passed);
                    onMatch(entry.onMatch(), at + ".on_match", passed);
                    if (entry.onMatch() instanceof OnMatch.Act act && act.effect() == Effect.DENY) {
                        passed = passed.and(entry.predicate());
                    }
                }
                otherwise(list.onNoMatch(), place, passed);
            }
            case Matcher.ExactMap map -> {
                String at = place + ".matcher_tree.exact_match_map.map";
                map(map.entries(), map.input(), at, key -> new TextMatcher.Exact(key, false), guard);
                otherwise(map.onNoMatch(), place, guard);
            }
            case Matcher.PrefixMap map -> {
                String at = place + ".matcher_tree.prefix_match_map.map";
                map(map.entries(), map.input(), at, key -> new TextMatcher.StartsWith(key, false), guard);
                otherwise(map.onNoMatch(), place, guard);
            }
            case Matcher.IpMap map -> otherwise(map.onNoMatch(), place, guard);
            case Matcher.DomainMap map -> otherwise(map.onNoMatch(), place, guard);
            case Matcher.Otherwise otherwise -> otherwise(otherwise.onNoMatch(), place, guard);
            case Unmodelled other -> {}
        }
    }

    private void otherwise(Optional<OnMatch> onNoMatch, String place, IdentityGuard guard) {
        onNoMatch.ifPresent(next -> onMatch(next, place + ".on_no_match", guard));
    }

    private void onMatch(OnMatch onMatch, String place, IdentityGuard guard) {
        if (onMatch instanceof OnMatch.Nested nested) {
            matcher(nested.matcher(), place + ".matcher", guard);
        }
    }

    private void map(
            Map<String, OnMatch> entries,
            MatchInput input,
            String place,
            Function<String, TextMatcher> asMatcher,
            IdentityGuard guard) {
        entries.forEach((key, next) -> {
            String at = place + "[`" + key + "`]";
            name(input)
                    .ifPresent(name ->
                            found.add(new Asked(site, at, name, asMatcher.apply(key), false, Effects.of(next), guard)));
            onMatch(next, at, guard);
        });
    }

    private void predicate(
            Predicate predicate, String place, boolean negated, Set<Effect> effects, IdentityGuard guard) {
        switch (predicate) {
            case Predicate.Matches matches ->
                name(matches.input())
                        .ifPresent(name -> found.add(new Asked(
                                site,
                                placeOf(matches.matcher(), place + ".single_predicate.value_match"),
                                name,
                                matches.matcher(),
                                negated,
                                effects,
                                guard)));
            case Predicate.AllOf all ->
                predicates(all.members(), place + ".and_matcher.predicate", negated, effects, guard);
            case Predicate.AnyOf any ->
                predicates(any.members(), place + ".or_matcher.predicate", negated, effects, guard);
            case Predicate.Not not -> predicate(not.member(), place + ".not_matcher", !negated, effects, guard);
            case Predicate.InBlocks blocks -> {}
            case Predicate.Custom custom -> {}
        }
    }

    private void predicates(
            List<Predicate> members, String place, boolean negated, Set<Effect> effects, IdentityGuard guard) {
        for (int i = 0; i < members.size(); i++) {
            predicate(members.get(i), place + "[" + i + "]", negated, effects, guard);
        }
    }

    private static Optional<Asked.Name> name(MatchInput input) {
        return switch (input) {
            case MatchInput.UriSan uri -> Optional.of(Asked.Name.URI_SANS);
            case MatchInput.DnsSan dns -> Optional.of(Asked.Name.OTHER);
            case MatchInput.Subject subject -> Optional.of(Asked.Name.OTHER);
            case MatchInput.ServerName name -> Optional.empty();
            case MatchInput.DestinationIp ip -> Optional.empty();
            case MatchInput.DestinationPort port -> Optional.empty();
            case MatchInput.SourceIp ip -> Optional.empty();
            case MatchInput.DirectSourceIp ip -> Optional.empty();
            case MatchInput.SourcePort port -> Optional.empty();
            case MatchInput.Header header -> Optional.empty();
            case MatchInput.SourceType type -> Optional.empty();
            case MatchInput.TransportProtocol transport -> Optional.empty();
            case MatchInput.ApplicationProtocols protocols -> Optional.empty();
            case Unmodelled other -> Optional.empty();
        };
    }

    static String placeOf(TextMatcher matcher, String place) {
        return place
                + switch (matcher) {
                    case TextMatcher.Exact exact -> ".exact";
                    case TextMatcher.StartsWith starts -> ".prefix";
                    case TextMatcher.EndsWith ends -> ".suffix";
                    case TextMatcher.Contains contains -> ".contains";
                    case TextMatcher.Regex regex -> ".safe_regex.regex";
                    case Unmodelled other -> "";
                };
    }
}
