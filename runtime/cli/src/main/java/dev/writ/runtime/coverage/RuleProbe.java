package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.runtime.judge.PrincipalTest;
import dev.writ.runtime.testing.JudgedCall;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/**
 * A rule of an inbound, as calls try it. A call tries a boundary only if it meets all else that the rule asks: so that on which side
 * of it the call is makes the whole difference.
 */
final class RuleProbe {
    private final RuleTally tally;
    private final Principal callers;
    private final List<Condition> conditions;
    private final List<Boundary> callerBoundaries;
    private final List<Boundary> callBoundaries;
    // A boundary always hands out the same points.
    private final IdentityHashMap<Point, Tally> points = new IdentityHashMap<>();

    RuleProbe(RuleTally tally, Principal callers, List<Boundary> callerBoundaries, List<Condition> conditions) {
        this.tally = tally;
        this.callers = callers;
        this.conditions = conditions;
        this.callerBoundaries = callerBoundaries;
        this.callBoundaries = conditions.stream().map(CallBoundary::of).toList();
        callerBoundaries.forEach(this::addPoints);
        callBoundaries.forEach(this::addPoints);
    }

    private void addPoints(Boundary boundary) {
        boundary.points().forEach(point -> points.put(point, tally.of(point, callers, conditions)));
    }

    /** Takes note of what the call tries. */
    void ask(AskedCall call, JudgedCall judged) {
        int unmet = 0;
        int last = -1;
        for (int i = 0; i < conditions.size(); i++) {
            if (!call.test().holds(conditions.get(i))) {
                unmet++;
                last = i;
            }
        }
        if (unmet == 0) {
            for (Boundary boundary : callerBoundaries) {
                note(boundary, call, judged);
            }
        }
        if (!conditions.isEmpty() && unmet <= 1 && holdsForCaller(call)) {
            for (int i = 0; i < conditions.size(); i++) {
                if (unmet == 0 || i == last) {
                    note(callBoundaries.get(i), call, judged);
                }
            }
        }
    }

    private void note(Boundary boundary, AskedCall call, JudgedCall judged) {
        for (Point point : boundary.tried(call)) {
            Objects.requireNonNull(points.get(point)).add(judged);
        }
    }

    /** Whether the rule decides the call, unless one before it does. */
    boolean matches(AskedCall call) {
        return conditions.stream().allMatch(call.test()::holds) && holdsForCaller(call);
    }

    void decided(JudgedCall judged) {
        tally.decided(judged);
    }

    private boolean holdsForCaller(AskedCall call) {
        return PrincipalTest.holds(callers, call.uriSans());
    }
}
