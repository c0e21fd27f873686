package dev.writ.compiler.check;

import dev.writ.compiler.analysis.PolicyAnalysis;
import dev.writ.compiler.analysis.Reordering;
import dev.writ.compiler.analysis.RuleReview;
import dev.writ.compiler.check.RuleStandings.Source;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A deny that comes after an allow of some of its callers. Up to Kuma 2.13 the rules are asked one after the other, each its
 * deny before its allow, so the allow decides; since 2.14 every deny comes first (kumahq/kuma#16873). One text, two meanings: a
 * hole for the older targets, a note for the others.
 */
final class DenyOrder implements Check {
    private final RuleStandings standings;
    private final boolean earlierAllowWins;

    DenyOrder(RuleStandings standings, Target target) {
        this.standings = standings;
        this.earlierAllowWins = isRuleByRule(target);
    }

    /** Whether this target asks one rule after the other, its deny before its allow. */
    static boolean isRuleByRule(Target target) {
        return target == Target.KUMA_2_12 || target == Target.KUMA_2_13;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        Set<Source> reported = new HashSet<>();
        for (ReviewedRules list : standings.lists()) {
            // Of rules that were too many to look into another check tells.
            if (list.review() instanceof RuleReview.Unknown) {
                continue;
            }
            List<Rule> ruleByRule = ruleByRule(list);
            List<Rule> denyFirst = denyFirst(ruleByRule);
            if (!hasDenyBehindAllow(ruleByRule)
                    || !(PolicyAnalysis.reorder(
                                    ruleByRule, denyFirst, list.port().orElse(0), list.joinedSans())
                            instanceof Reordering.Known known)) {
                continue;
            }
            IdentityHashMap<Rule, Integer> places = new IdentityHashMap<>();
            ruleByRule.forEach(rule -> places.put(rule, places.size()));
            IdentityHashMap<Rule, Rule> hiding = new IdentityHashMap<>();
            for (Reordering.Swap swap : known.swaps()) {
                Rule first = hiding.getOrDefault(swap.there(), swap.here());
                boolean isEarlier = places.getOrDefault(swap.here(), 0) < places.getOrDefault(first, 0);
                hiding.put(swap.there(), isEarlier ? swap.here() : first);
            }
            hiding.forEach((deny, allow) -> {
                Source source = standings.source(deny);
                boolean isAsked = earlierAllowWins || !OpenPrefix.isWrit(source.rule());
                if (isAsked && reported.add(source)) {
                    sink.add(finding(source.rule(), standings.source(allow)));
                }
            });
        }
    }

    /** Entry by entry, its denies first. */
    private List<Rule> ruleByRule(ReviewedRules list) {
        IdentityHashMap<Permission.Rule, Rule> rules = new IdentityHashMap<>();
        list.rules().rules().forEach(rule -> rules.put(standings.source(rule).rule(), rule));
        List<Rule> ordered = new ArrayList<>();
        for (Permission permission : list.applied().permissions()) {
            for (List<Permission.Rule> entry : Applied.entries(permission)) {
                Stream.concat(
                                entry.stream().filter(rule -> rule.action() == Action.DENY),
                                entry.stream().filter(rule -> rule.action() != Action.DENY))
                        .flatMap(rule -> Stream.ofNullable(rules.get(rule)))
                        .forEach(ordered::add);
            }
        }
        return ordered;
    }

    private static boolean hasDenyBehindAllow(List<Rule> rules) {
        return rules.stream()
                .dropWhile(rule -> rule.action() == dev.writ.compiler.ir.Action.DENY)
                .anyMatch(rule -> rule.action() == dev.writ.compiler.ir.Action.DENY);
    }

    private static List<Rule> denyFirst(List<Rule> rules) {
        return Stream.concat(
                        rules.stream().filter(rule -> rule.action() == dev.writ.compiler.ir.Action.DENY),
                        rules.stream().filter(rule -> rule.action() != dev.writ.compiler.ir.Action.DENY))
                .toList();
    }

    private Diagnostic finding(Permission.Rule deny, Source allow) {
        String by = "`" + allow.permission().qualifiedName() + "`";
        Diagnostic finding = earlierAllowWins
                ? Diagnostic.of(
                        DiagnosticId.PERMISSION_DENY_ORDER,
                        deny.pattern(),
                        "an allow of " + by + " comes first and lets in callers that this denies",
                        "Kuma 2.14 and newer put every deny first; until then narrow the allow, or put the deny into its"
                                + " rule")
                : Diagnostic.of(
                                DiagnosticId.PERMISSION_DENY_ORDER,
                                deny.pattern(),
                                "up to Kuma 2.13 an allow of " + by
                                        + " comes first and lets in callers that this denies")
                        .withSeverity(Severity.NOTE);
        // In a .writ file the order of rules means nothing: a target that gives it a meaning cannot say what is
        // written.
        Diagnostic said = earlierAllowWins && OpenPrefix.isWritFile(deny)
                ? finding.withId(DiagnosticId.TARGET_UNSUPPORTED).withSeverity(Severity.ERROR)
                : finding;
        return said.withRelated(allow.rule().span(), "the allow");
    }
}
