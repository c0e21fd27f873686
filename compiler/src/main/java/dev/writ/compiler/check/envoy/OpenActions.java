package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The ends of an enforced matcher: an action that is left out is {@code ALLOW}, {@code LOG} allows, and where nothing matches and
 * nothing else is said Envoy denies. What a proxy printed leaves {@code ALLOW} out always.
 */
final class OpenActions implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (RbacSite site : survey.rbacs()) {
            switch (site.rbac().enforced()) {
                case RbacRules.ByMatcher rules -> new Ends(findings).matcher(rules.matcher(), site.matcher());
                case RbacRules.ByPolicies rules -> {
                    if (rules.action() == Effect.ALLOW && !rules.policies().isEmpty()) {
                        new Ends(findings).omitted(site.rules(), Severity.NOTE);
                    }
                }
                case RbacRules.Absent absent -> {}
                case Unmodelled other -> {}
            }
        }
    }

    private record Ends(Findings findings) {
        void matcher(Matcher matcher, String place) {
            switch (matcher) {
                case Matcher.FirstOf list -> {
                    for (int i = 0; i < list.entries().size(); i++) {
                        end(list.entries().get(i).onMatch(), place + ".matcher_list.matchers[" + i + "].on_match");
                    }
                    otherwise(list.onNoMatch(), place);
                }
                case Matcher.ExactMap map -> map(map.entries(), map.onNoMatch(), place, ".exact_match_map.map");
                case Matcher.PrefixMap map -> map(map.entries(), map.onNoMatch(), place, ".prefix_match_map.map");
                case Matcher.IpMap map ->
                    custom(
                            map.entries().stream().map(Matcher.IpEntry::onMatch).toList(),
                            map.onNoMatch(),
                            place,
                            "range_matchers");
                case Matcher.DomainMap map -> {
                    // Several domains may share an entry, so that it has no place by its number.
                    map.entries().values().forEach(next -> end(next, place + ".matcher_tree.custom_match"));
                    otherwise(map.onNoMatch(), place);
                }
                case Matcher.Otherwise otherwise -> otherwise(otherwise.onNoMatch(), place);
                case Unmodelled other -> {}
            }
        }

        private void map(Map<String, OnMatch> entries, Optional<OnMatch> onNoMatch, String place, String below) {
            entries.forEach((key, next) -> end(next, place + ".matcher_tree" + below + "[`" + key + "`]"));
            otherwise(onNoMatch, place);
        }

        private void custom(Collection<OnMatch> entries, Optional<OnMatch> onNoMatch, String place, String below) {
            int index = 0;
            for (OnMatch next : entries) {
                end(next, place + ".matcher_tree.custom_match." + below + "[" + index++ + "].on_match");
            }
            otherwise(onNoMatch, place);
        }

        private void otherwise(Optional<OnMatch> onNoMatch, String place) {
            if (onNoMatch.isPresent()) {
                end(onNoMatch.get(), place + ".on_no_match");
            } else {
                findings.add(
                        DiagnosticId.ENVOY_FAIL_CLOSED,
                        place,
                        "a matcher without `on_no_match`: who matches nothing is denied",
                        "say so with an action `DENY` in `on_no_match`");
            }
        }

        private void end(OnMatch onMatch, String place) {
            switch (onMatch) {
                case OnMatch.Nested nested -> matcher(nested.matcher(), place + ".matcher");
                case OnMatch.Take take -> {}
                case OnMatch.Act act -> {
                    if (act.effect() == Effect.LOG) {
                        findings.add(
                                DiagnosticId.ENVOY_FAIL_OPEN,
                                place + ".action.action",
                                "`LOG` keeps nobody out: who matches passes",
                                "write `ALLOW` or `DENY`");
                    } else if (act.effect() == Effect.ALLOW) {
                        omitted(place + ".action", Severity.WARNING);
                    }
                }
                case Unmodelled other -> {}
            }
        }

        void omitted(String place, Severity severity) {
            boolean text = findings.config().places().isWritten(place);
            if (text
                    && !findings.config().printed()
                    && !findings.config().places().isWritten(place + ".action")) {
                findings.add(
                        DiagnosticId.ENVOY_FAIL_OPEN,
                        severity,
                        place,
                        "an action that is left out is `ALLOW`",
                        "write `action: ALLOW`, if that is meant");
            }
        }
    }
}
