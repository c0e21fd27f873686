package dev.writ.runtime.judge;

import com.google.common.net.InetAddresses;
import dev.writ.compiler.envoy.config.IpBlock;
import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Evaluates a matcher as Envoy 1.35 and later do (tried on 1.40.0). A nested matcher that reaches no action counts as no
 * match: a list goes on to its next entry, an exact map to its {@code on_no_match}, a prefix map to the next shorter prefix
 * and then to its {@code on_no_match}. Only the outermost {@code on_no_match} that is asked can end without an action.
 */
final class MatcherEvaluator {
    private static final MatchOutcome NOTHING = new MatchOutcome.Nothing();

    private final Connection connection;
    private final MatchTrace trace;
    private final PredicateEvaluator predicates;

    MatcherEvaluator(Connection connection, MatchTrace trace) {
        this.connection = connection;
        this.trace = trace;
        this.predicates = new PredicateEvaluator(connection, trace);
    }

    MatchOutcome evaluate(Matcher matcher) {
        return switch (matcher) {
            case Matcher.FirstOf list -> firstOf(list);
            case Matcher.ExactMap map ->
                lookUp(map.input(), map.onNoMatch(), text -> follow(map.entries(), text, "is"));
            case Matcher.PrefixMap map ->
                lookUp(map.input(), map.onNoMatch(), text -> followPrefixes(map.entries(), text));
            case Matcher.IpMap map -> lookUp(map.input(), map.onNoMatch(), text -> followBlocks(map.entries(), text));
            case Matcher.DomainMap map ->
                lookUp(map.input(), map.onNoMatch(), text -> followDomains(map.entries(), text));
            case Matcher.Otherwise otherwise -> followOtherwise(otherwise.onNoMatch());
            case Unmodelled unmodelled -> new MatchOutcome.Unknown(unmodelled.reason());
        };
    }

    private MatchOutcome firstOf(Matcher.FirstOf list) {
        for (Matcher.Entry entry : list.entries()) {
            trace.open();
            Truth truth = predicates.evaluate(entry.predicate());
            MatchOutcome outcome = switch (truth) {
                case Truth.Yes yes -> follow(entry.onMatch());
                case Truth.No no -> NOTHING;
                case Truth.Stopped stopped -> new MatchOutcome.Stopped();
                case Truth.Unknown unknown -> new MatchOutcome.Unknown(unknown.reason());
            };
            if (trace.isOn()) {
                trace.close(truth, Words.of(entry.onMatch()));
            }
            if (!(outcome instanceof MatchOutcome.Nothing)) {
                return outcome;
            }
        }
        return followOtherwise(list.onNoMatch());
    }

    private MatchOutcome lookUp(MatchInput input, Optional<OnMatch> onNoMatch, Function<String, MatchOutcome> entries) {
        return switch (connection.value(input)) {
            case MatchValue.Text text -> {
                trace.open();
                MatchOutcome outcome = entries.apply(text.text());
                if (trace.isOn()) {
                    trace.close(
                            Truth.of(!(outcome instanceof MatchOutcome.Nothing)),
                            "an entry is for " + Words.of(input) + " \"" + text.text() + "\"");
                }
                yield outcome instanceof MatchOutcome.Nothing ? followOtherwise(onNoMatch) : outcome;
            }
            case MatchValue.Empty empty -> {
                trace.note(MatchTrace.Answer.NO, "there is " + Words.of(input));
                yield followOtherwise(onNoMatch);
            }
            case MatchValue.Unavailable unavailable -> {
                trace.note(MatchTrace.Answer.STOPPED, "there can be " + Words.of(input));
                yield new MatchOutcome.Stopped();
            }
            case MatchValue.Unknown unknown -> {
                trace.note(MatchTrace.Answer.UNKNOWN, unknown.reason());
                yield new MatchOutcome.Unknown(unknown.reason());
            }
        };
    }

    private MatchOutcome follow(Map<String, OnMatch> entries, String key, String verb) {
        OnMatch onMatch = entries.get(key);
        if (onMatch == null) {
            return NOTHING;
        }
        trace.open();
        MatchOutcome outcome = follow(onMatch);
        if (trace.isOn()) {
            trace.close(
                    Truth.of(!(outcome instanceof MatchOutcome.Nothing)),
                    "it " + verb + " \"" + key + "\": " + Words.of(onMatch));
        }
        return outcome;
    }

    /** From the whole text down; a map of many keys costs no more than one of few. */
    private MatchOutcome followPrefixes(Map<String, OnMatch> entries, String text) {
        for (int length = text.length(); length >= 0; length--) {
            MatchOutcome outcome = follow(entries, text.substring(0, length), "starts with");
            if (!(outcome instanceof MatchOutcome.Nothing)) {
                return outcome;
            }
        }
        return NOTHING;
    }

    private record Block(IpBlock block, Matcher.IpEntry entry) {}

    /** The narrowest block first; of equal ones the first. */
    private MatchOutcome followBlocks(List<Matcher.IpEntry> entries, String text) {
        if (!InetAddresses.isInetAddress(text)) {
            return NOTHING;
        }
        InetAddress address = InetAddresses.forString(text);
        List<Block> blocks = new ArrayList<>();
        for (Matcher.IpEntry entry : entries) {
            for (IpBlock block : entry.blocks()) {
                if (IpAddresses.contains(block, address)) {
                    blocks.add(new Block(block, entry));
                }
            }
        }
        blocks.sort(Comparator.comparingInt((Block block) -> -block.block().prefixLength()));
        for (int i = 0; i < blocks.size(); i++) {
            // An exclusive entry is not for addresses that a narrower block has.
            Matcher.IpEntry entry = blocks.get(i).entry();
            MatchOutcome outcome = i > 0 && entry.exclusive() ? NOTHING : follow(entry.onMatch());
            if (!(outcome instanceof MatchOutcome.Nothing)) {
                return outcome;
            }
        }
        return NOTHING;
    }

    private MatchOutcome followDomains(Map<String, OnMatch> entries, String text) {
        MatchOutcome outcome = follow(entries, text, "is");
        int dot = text.indexOf('.', 1);
        while (outcome instanceof MatchOutcome.Nothing && dot > 0) {
            outcome = follow(entries, "*" + text.substring(dot), "is below");
            dot = text.indexOf('.', dot + 1);
        }
        return outcome instanceof MatchOutcome.Nothing ? follow(entries, "*", "is below") : outcome;
    }

    private MatchOutcome followOtherwise(Optional<OnMatch> onNoMatch) {
        if (onNoMatch.isEmpty()) {
            return NOTHING;
        }
        trace.open();
        MatchOutcome outcome = follow(onNoMatch.get());
        if (trace.isOn()) {
            trace.close(
                    Truth.of(!(outcome instanceof MatchOutcome.Nothing)), "otherwise: " + Words.of(onNoMatch.get()));
        }
        return outcome;
    }

    private MatchOutcome follow(OnMatch onMatch) {
        return switch (onMatch) {
            case OnMatch.Act act -> new MatchOutcome.Decided(act.name(), act.effect());
            case OnMatch.Nested nested -> evaluate(nested.matcher());
            case Unmodelled unmodelled -> new MatchOutcome.Unknown(unmodelled.reason());
        };
    }
}
