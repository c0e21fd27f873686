package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.RbacRules;

/** RBAC whose rules as a whole let everybody pass, or nobody. */
final class OpenRbac implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (RbacSite site : survey.rbacs()) {
            if (site.rbac().enforced() instanceof RbacRules.Absent) {
                absent(site, findings);
            } else if (site.rbac().enforced() instanceof RbacRules.ByPolicies rules) {
                policies(site, rules, findings);
            }
        }
    }

    private static void absent(RbacSite site, Findings findings) {
        boolean shadow = !(site.rbac().shadow() instanceof RbacRules.Absent);
        boolean meant = !shadow && site.use() != RbacSite.Use.FILTER;
        findings.add(
                DiagnosticId.ENVOY_FAIL_OPEN,
                meant ? Severity.NOTE : Severity.WARNING,
                site.place(),
                switch (site.use()) {
                    case FILTER ->
                        shadow
                                ? "shadow rules alone keep nobody out: everybody passes"
                                : "RBAC without rules: everybody passes";
                    case ROUTE ->
                        shadow
                                ? "shadow rules alone keep nobody out of this route"
                                : "no RBAC on this route: everybody passes";
                    case OVERRIDDEN -> "RBAC without rules: everybody passes where no route has rules of its own";
                },
                "to keep everybody out, write `rules: {action: ALLOW}`");
    }

    private static void policies(RbacSite site, RbacRules.ByPolicies rules, Findings findings) {
        if (rules.action() == Effect.LOG) {
            findings.add(
                    DiagnosticId.ENVOY_FAIL_OPEN,
                    site.rules() + ".action",
                    "`LOG` keeps nobody out: everybody passes",
                    "to keep callers out, write `ALLOW` or `DENY`");
        } else if (rules.policies().isEmpty() && rules.action() == Effect.DENY) {
            findings.add(
                    DiagnosticId.ENVOY_FAIL_OPEN,
                    site.rules() + ".action",
                    "`DENY` without policies: everybody passes",
                    "to keep everybody out, write `action: ALLOW` without policies");
        } else if (rules.policies().isEmpty()) {
            findings.add(
                    DiagnosticId.ENVOY_FAIL_CLOSED,
                    site.rules(),
                    "`ALLOW` without policies: nobody passes",
                    "to let callers in, add policies");
        }
    }
}
