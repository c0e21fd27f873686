package dev.writ.compiler.check;

import dev.writ.compiler.analysis.Opposition;
import dev.writ.compiler.analysis.RuleReview;
import dev.writ.compiler.analysis.Witness;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.model.Mesh;
import java.util.HashSet;
import java.util.Set;

/**
 * An allow and a deny of two permissions that are about some calls in common, and each about others too: neither can be meant as the
 * other's exception. Where the deny comes later, it is {@link DenyOrder}'s to tell.
 */
final class OpposedRules implements Check {
    private final RuleStandings standings;

    OpposedRules(RuleStandings standings) {
        this.standings = standings;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        Set<RuleStandings.Source> reported = new HashSet<>();
        for (ReviewedRules list : standings.lists()) {
            if (list.review() instanceof RuleReview.Known known) {
                for (Opposition opposition : known.oppositions()) {
                    RuleStandings.Source deny = standings.source(opposition.decides());
                    if (opposition.decides().action() == Action.DENY
                            && !isOrdered(list, opposition)
                            && reported.add(deny)) {
                        sink.add(finding(deny, opposition));
                    }
                }
            }
        }
    }

    /** Whether the allow comes first, for a Kuma that asks rule by rule. */
    private boolean isOrdered(ReviewedRules list, Opposition opposition) {
        RuleStandings.Source deny = standings.source(opposition.decides());
        RuleStandings.Source allow = standings.source(opposition.against());
        return !OpenPrefix.isWrit(deny.rule())
                && list.applied().permissions().indexOf(allow.permission())
                        < list.applied().permissions().indexOf(deny.permission());
    }

    private static Diagnostic finding(RuleStandings.Source deny, Opposition opposition) {
        Rule allow = opposition.against();
        String call = opposition.witness().map(OpposedRules::call).orElse("some of their callers");
        return Diagnostic.of(
                        DiagnosticId.PERMISSION_OPPOSED_RULES,
                        deny.rule().pattern(),
                        "this deny and an allow of `" + allow.origin().label()
                                + "` are about some calls in common, and each about others: of " + call
                                + " the deny decides")
                .withRelated(allow.origin().span(), "the allow");
    }

    private static String call(Witness witness) {
        return "`" + String.join(",", witness.uriSans()) + "`"
                + (witness.method() == null ? "" : " with " + witness.method())
                + (witness.path() == null ? "" : " " + witness.path())
                + (witness.serverName() == null ? "" : " for the server name `" + witness.serverName() + "`");
    }
}
