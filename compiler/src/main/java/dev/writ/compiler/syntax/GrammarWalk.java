package dev.writ.compiler.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.jspecify.annotations.Nullable;

/**
 * Walks a grammar along some tokens in all ways at once, as its parser would in one: so what may follow is known though what is
 * there is no sentence yet.
 */
final class GrammarWalk {
    private final int lastType;
    private Set<Place> places = new LinkedHashSet<>();
    private int taken;

    /**
     * A rule that is being read.
     *
     * @param caller the rule that asked for it; null for the first one
     * @param follow where that goes on
     * @param since how many tokens had been taken when it began
     */
    record Frame(@Nullable Frame caller, int rule, @Nullable ATNState follow, int since) {}

    /** Where a parser may be. */
    record Place(ATNState state, Frame frame) {}

    GrammarWalk(ATN grammar, int rule) {
        this.lastType = grammar.maxTokenType;
        close(List.of(new Place(grammar.ruleToStartState[rule], new Frame(null, rule, null, 0))));
    }

    /** Goes on by a token of this type; the walk is at an end where none of its ways takes it. */
    void take(int type) {
        taken++;
        Set<Place> next = new LinkedHashSet<>();
        for (Place place : places) {
            for (Transition transition : place.state().getTransitions()) {
                if (!transition.isEpsilon() && transition.matches(type, 1, lastType)) {
                    next.add(new Place(transition.target, place.frame()));
                }
            }
        }
        close(next);
    }

    /** Goes back to where it was. */
    void goBack(Set<Place> before) {
        places = before;
    }

    int taken() {
        return taken;
    }

    /** All places it may be at, each with what it takes there. */
    Set<Place> places() {
        return places;
    }

    private void close(Iterable<Place> from) {
        Set<Place> closed = new LinkedHashSet<>();
        Deque<Place> open = new ArrayDeque<>();
        from.forEach(open::add);
        while (!open.isEmpty()) {
            Place place = open.poll();
            if (closed.add(place)) {
                follow(place, open);
            }
        }
        places = closed;
    }

    private void follow(Place place, Deque<Place> open) {
        Frame frame = place.frame();
        if (place.state() instanceof RuleStopState) {
            if (frame.caller() != null && frame.follow() != null) {
                open.add(new Place(frame.follow(), frame.caller()));
            }
            return;
        }
        for (Transition transition : place.state().getTransitions()) {
            if (transition instanceof RuleTransition rule) {
                open.add(new Place(rule.target, new Frame(frame, rule.ruleIndex, rule.followState, taken)));
            } else if (transition.isEpsilon()) {
                open.add(new Place(transition.target, frame));
            }
        }
    }
}
