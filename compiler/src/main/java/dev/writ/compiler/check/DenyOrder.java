package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.Target;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A deny that comes after an allow of some of its callers. Up to Kuma 2.13 the rules are asked one after the other, each its
 * deny before its allow, so the allow decides; since 2.14 every deny comes first (kumahq/kuma#16873). One text, two meanings: a
 * hole for the older targets, a note for the others.
 */
final class DenyOrder implements Check {
    private final List<Applied> applied;
    private final boolean earlierAllowWins;

    DenyOrder(List<Applied> applied, Target target) {
        this.applied = applied;
        this.earlierAllowWins = isRuleByRule(target);
    }

    /** Whether this target asks one rule after the other, its deny before its allow. */
    static boolean isRuleByRule(Target target) {
        return target == Target.KUMA_2_12 || target == Target.KUMA_2_13;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        Set<Rule> reported = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Applied one : applied) {
            RuleIndex allows = new RuleIndex();
            RuleIndex denies = new RuleIndex();
            for (Permission permission : one.permissions()) {
                Applied.entries(permission).forEach(entry -> {
                    for (Rule rule : entry) {
                        boolean isAsked = earlierAllowWins || !OpenPrefix.isWrit(rule);
                        if (rule.action() == Action.DENY && isAsked) {
                            hiding(rule, allows, denies)
                                    .filter(allow -> reported.add(rule))
                                    .ifPresent(allow -> sink.add(finding(rule, allow)));
                        }
                    }
                    for (Rule rule : entry) {
                        (rule.action() == Action.DENY ? denies : allows).add(permission, rule);
                    }
                });
            }
        }
    }

    // Where an earlier deny has all of these callers, the two orders come to the same.
    private static Optional<RuleIndex.Placed> hiding(Rule deny, RuleIndex allows, RuleIndex denies) {
        return Callers.of(deny)
                .filter(callers -> denies.including(callers).isEmpty())
                .flatMap(allows::overlapping);
    }

    private Diagnostic finding(Rule deny, RuleIndex.Placed allow) {
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
