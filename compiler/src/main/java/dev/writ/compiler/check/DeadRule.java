package dev.writ.compiler.check;

import dev.writ.compiler.analysis.RuleReview;
import dev.writ.compiler.analysis.Standing;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import java.util.List;

/**
 * An allow that decides no call, because wherever it applies denies are about all of its callers, one of them or several together. A
 * more specific allow does not override a deny in {@code rules}, other than in the legacy {@code from}.
 *
 * <p>Where that cannot be told, it is said once.
 */
final class DeadRule implements Check {
    private final RuleStandings standings;

    DeadRule(RuleStandings standings) {
        this.standings = standings;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (RuleStandings.Source source : standings.sources()) {
            List<RuleStandings.Found> all = standings.of(source);
            if (source.rule().action() != Permission.Action.DENY
                    && !all.isEmpty()
                    && all.stream().allMatch(found -> isDenied(found.standing()))
                    && all.getFirst().standing() instanceof Standing.Hidden hidden) {
                sink.add(finding(source.rule(), new OtherRules(hidden.by())));
            }
        }
        for (ReviewedRules list : standings.lists()) {
            if (list.review() instanceof RuleReview.Unknown unknown) {
                sink.add(unknown(list, unknown.reason()));
                return;
            }
        }
    }

    private static boolean isDenied(Standing standing) {
        return standing instanceof Standing.Hidden hidden
                && hidden.by().stream().allMatch(rule -> rule.action() == Action.DENY);
    }

    private static Diagnostic finding(Permission.Rule allow, OtherRules denies) {
        return denies.relate(Diagnostic.of(
                DiagnosticId.PERMISSION_DEAD_RULE,
                allow.pattern(),
                "this allow lets nobody in: " + denies.words() + (denies.isOne() ? " is" : " together are")
                        + " about all of its callers",
                "no allow overrides a deny, however specific it is: narrow the deny"));
    }

    private static Diagnostic unknown(ReviewedRules list, String reason) {
        return Diagnostic.of(
                        DiagnosticId.PERMISSION_DEAD_RULE,
                        list.rules().rules().getFirst().origin().span(),
                        "which rules decide calls to "
                                + list.applied().places().getFirst().name() + " was not looked into: " + reason,
                        "dead and redundant rules may go unnoticed here")
                .withSeverity(Severity.NOTE);
    }
}
