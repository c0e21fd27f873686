package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.IpBlock;
import dev.writ.compiler.envoy.config.IpText;
import dev.writ.compiler.envoy.config.Predicate;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;

/**
 * Evaluates the predicates of a matcher list as Envoy does:
 *
 * <pre>
 *  and: from the left, the first that is not yes is the result
 *  or:  yes if any is yes, whatever comes before it; else stopped, if any is
 *  not: of yes and no the other one; stopped stays
 * </pre>
 *
 * What is unknown is taken as each that it may be: on the left of an {@code and} with a no it is a no, unless it may be a stop (a
 * matcher that is not modelled may).
 */
final class PredicateEvaluator {
    private final MatchData data;
    private final MatchTrace trace;

    PredicateEvaluator(MatchData data, MatchTrace trace) {
        this.data = data;
        this.trace = trace;
    }

    Truth evaluate(Predicate predicate) {
        trace.open();
        Truth truth = switch (predicate) {
            case Predicate.Matches matches -> matches(matches);
            case Predicate.InBlocks blocks -> inBlocks(blocks);
            case Predicate.Custom custom -> custom(custom);
            case Predicate.AllOf all -> allOf(all.members());
            case Predicate.AnyOf any -> anyOf(any.members());
            case Predicate.Not not -> Truth.not(evaluate(not.member()));
        };
        if (trace.isOn()) {
            trace.close(truth, Words.of(predicate));
        }
        return truth;
    }

    private Truth allOf(List<Predicate> members) {
        Truth.Unknown open = null;
        boolean mayFail = false;
        boolean mayStop = false;
        for (Predicate member : members) {
            Truth truth = evaluate(member);
            if (!(truth instanceof Truth.Yes) && !(truth instanceof Truth.Unknown) && open == null) {
                return truth;
            }
            open = open == null && truth instanceof Truth.Unknown unknown ? unknown : open;
            mayFail |= Truth.mayFail(truth);
            mayStop |= Truth.mayStop(truth);
            if (!Truth.mayHold(truth)) {
                return Truth.of(open == null ? "" : open.reason(), false, mayFail, mayStop);
            }
        }
        return open == null ? Truth.YES : Truth.of(open.reason(), true, mayFail, mayStop);
    }

    private Truth anyOf(List<Predicate> members) {
        Truth.Unknown open = null;
        boolean mayHold = false;
        boolean mayFail = true;
        boolean mayStop = false;
        for (Predicate member : members) {
            Truth truth = evaluate(member);
            if (truth instanceof Truth.Yes) {
                return truth;
            }
            open = open == null && truth instanceof Truth.Unknown unknown ? unknown : open;
            mayHold |= Truth.mayHold(truth);
            mayFail &= Truth.mayFail(truth);
            mayStop |= Truth.mayStop(truth);
        }
        return Truth.of(open == null ? "" : open.reason(), mayHold, mayFail, mayStop);
    }

    private Truth matches(Predicate.Matches predicate) {
        return switch (data.value(predicate.input())) {
            case MatchValue.Text text -> TextMatching.matches(predicate.matcher(), text.text());
            case MatchValue.Empty empty -> ofEmpty(predicate.matcher());
            case MatchValue.Unavailable unavailable -> Truth.STOPPED;
            case MatchValue.Unknown unknown -> new Truth.Unknown(unknown.reason());
        };
    }

    private static Truth ofEmpty(TextMatcher matcher) {
        return matcher instanceof Unmodelled unmodelled ? new Truth.Unknown(unmodelled.reason()) : Truth.NO;
    }

    private Truth inBlocks(Predicate.InBlocks predicate) {
        return switch (data.value(predicate.input())) {
            case MatchValue.Text text -> isIn(predicate.blocks(), text.text());
            case MatchValue.Empty empty -> Truth.NO;
            case MatchValue.Unavailable unavailable -> Truth.STOPPED;
            case MatchValue.Unknown unknown -> new Truth.Unknown(unknown.reason());
        };
    }

    private static Truth isIn(List<IpBlock> blocks, String text) {
        return IpText.parse(text)
                .map(address -> IpAddresses.isInAny(blocks, address))
                .orElse(Truth.NO);
    }

    private Truth custom(Predicate.Custom predicate) {
        return data.value(predicate.input()) instanceof MatchValue.Unavailable
                ? Truth.STOPPED
                : Truth.Unknown.ofAnyKind(predicate.matcher().reason());
    }
}
