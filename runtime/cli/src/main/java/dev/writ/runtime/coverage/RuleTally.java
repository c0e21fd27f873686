package dev.writ.runtime.coverage;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.testing.JudgedCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was tried of one rule of the source, in all the policies and on all the inbounds that have it. */
final class RuleTally {
    private final SourceSpan place;
    private final String permission;
    private final Tally decided = new Tally();
    private final Map<Point, Tally> points = new LinkedHashMap<>();
    private CoveredRule.Effect effect;

    RuleTally(SourceSpan place, String permission, CoveredRule.Effect effect) {
        this.place = place;
        this.permission = permission;
        this.effect = effect;
    }

    void addPoints(List<Point> more) {
        more.forEach(point -> points.putIfAbsent(point, new Tally()));
    }

    /** A rule of the shadow list is enforced as an allow beside it. */
    void shadows() {
        effect = CoveredRule.Effect.SHADOW_DENY;
    }

    void decided(JudgedCall call) {
        decided.add(call);
    }

    void tried(List<Point> tried, JudgedCall call) {
        for (Point point : tried) {
            Tally tally = points.get(point);
            if (tally != null) {
                tally.add(call);
            }
        }
    }

    CoveredRule covered(CallExamples examples) {
        List<CoveredPoint> covered = points.entrySet().stream()
                .map(entry -> new CoveredPoint(
                        entry.getKey(),
                        examples.of(entry.getKey()),
                        entry.getValue().tried()))
                .toList();
        return new CoveredRule(place, permission, effect, decided.tried(), covered);
    }
}
