package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.testing.JudgedCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What was tried of one rule of the source, in all the policies and on all the inbounds that have it. */
final class RuleTally {
    private final SourceSpan place;
    private final String permission;
    private final Tally decided = new Tally();
    private final Map<Point, Tally> points = new LinkedHashMap<>();
    private final Map<Point, Asked> asked = new HashMap<>();
    private CoveredRule.Effect effect;

    RuleTally(SourceSpan place, String permission, CoveredRule.Effect effect) {
        this.place = place;
        this.permission = permission;
        this.effect = effect;
    }

    /** All that a rule with some point asks. */
    record Asked(Principal callers, List<Condition> conditions) {}

    /** The tally of a point, which several rules that are made of this one may have: each with its callers and conditions. */
    Tally of(Point point, Principal callers, List<Condition> conditions) {
        asked.putIfAbsent(point, new Asked(callers, conditions));
        return points.computeIfAbsent(point, none -> new Tally());
    }

    /** A rule of the shadow list is enforced as an allow beside it. */
    void shadows() {
        effect = CoveredRule.Effect.SHADOW_DENY;
    }

    void decided(JudgedCall call) {
        decided.add(call);
    }

    CoveredRule covered(CallExamples examples) {
        List<CoveredPoint> covered = new ArrayList<>();
        points.forEach((point, tally) -> {
            Tried tried = tally.tried();
            Asked all = Objects.requireNonNull(asked.get(point));
            covered.add(new CoveredPoint(
                    point, tried.never() ? examples.of(point, all.callers(), all.conditions()) : "", tried));
        });
        covered.sort(Comparator.comparing(point -> !point.point().kind().isAboutCallers()));
        return new CoveredRule(place, permission, effect, decided.tried(), covered);
    }
}
