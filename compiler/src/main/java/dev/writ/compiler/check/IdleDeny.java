package dev.writ.compiler.check;

import dev.writ.compiler.analysis.Standing;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import java.util.List;

/**
 * A deny of callers whom no rule lets in, wherever it applies: they are denied by default. It is no fault, and no help. Where nobody at
 * all is let in yet, nothing is said; nor of certificates with several URI SANs, of which another check tells.
 */
final class IdleDeny implements Check {
    private final RuleStandings standings;

    IdleDeny(RuleStandings standings) {
        this.standings = standings;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (RuleStandings.Source source : standings.sources()) {
            List<RuleStandings.Found> all = standings.of(source);
            if (source.rule().action() == Permission.Action.DENY
                    && !all.isEmpty()
                    && all.stream().allMatch(IdleDeny::isIdle)
                    && all.stream().anyMatch(IdleDeny::isBesideAnAllow)) {
                sink.add(Diagnostic.of(
                        DiagnosticId.PERMISSION_IDLE_DENY,
                        source.rule().pattern(),
                        "this deny keeps nobody out: no allow is about any of its callers, who are denied by default"));
            }
        }
    }

    private static boolean isIdle(RuleStandings.Found found) {
        return found.standing() instanceof Standing.Spare spare
                && spare.instead().isEmpty()
                && !found.list().joinedSans();
    }

    private static boolean isBesideAnAllow(RuleStandings.Found found) {
        return found.list().rules().rules().stream().anyMatch(rule -> rule.action() == Action.ALLOW);
    }
}
