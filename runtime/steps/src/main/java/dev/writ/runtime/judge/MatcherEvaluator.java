package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.IpBlock;
import dev.writ.compiler.envoy.config.IpText;
import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
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
    private final MatchData data;
    private final MatchTrace trace;
    private final PredicateEvaluator predicates;

    MatcherEvaluator(MatchData data, MatchTrace trace) {
        this.data = data;
        this.trace = trace;
        this.predicates = new PredicateEvaluator(data, trace);
    }

    MatchOutcome evaluate(Matcher matcher) {
        return MatchOutcome.settled(decide(matcher));
    }

    /** All that it may come to; {@link #evaluate} where nothing matters but whether a call passes. */
    MatchOutcome choose(Matcher matcher) {
        return decide(matcher);
    }

    private MatchOutcome decide(Matcher matcher) {
        return switch (matcher) {
            case Matcher.FirstOf list -> firstOf(list);
            case Matcher.ExactMap map ->
                lookUp(map.input(), map.onNoMatch(), map.entries().values(), text -> follow(map.entries(), text, "is"));
            case Matcher.PrefixMap map ->
                lookUp(
                        map.input(),
                        map.onNoMatch(),
                        map.entries().values(),
                        text -> followPrefixes(map.entries(), text));
            case Matcher.IpMap map -> {
                List<OnMatch> all =
                        map.entries().stream().map(Matcher.IpEntry::onMatch).toList();
                yield lookUp(map.input(), map.onNoMatch(), all, text -> followBlocks(map.entries(), text));
            }
            case Matcher.DomainMap map ->
                lookUp(
                        map.input(),
                        map.onNoMatch(),
                        map.entries().values(),
                        text -> followDomains(map.entries(), text));
            case Matcher.Otherwise otherwise -> followOtherwise(otherwise.onNoMatch());
            case Unmodelled unmodelled -> new MatchOutcome.Unknown(unmodelled.reason());
        };
    }

    /** An entry of which nobody can tell whether it matches leaves what follows it possible. */
    private MatchOutcome firstOf(Matcher.FirstOf list) {
        MatchOutcome open = MatchOutcome.NOTHING;
        for (Matcher.Entry entry : list.entries()) {
            trace.open();
            Truth truth = predicates.evaluate(entry.predicate());
            MatchOutcome outcome = switch (truth) {
                case Truth.Yes yes -> follow(entry.onMatch());
                case Truth.No no -> MatchOutcome.NOTHING;
                case Truth.Stopped stopped -> MatchOutcome.STOPPED;
                case Truth.Unknown unknown -> perhaps(unknown, entry.onMatch());
            };
            if (trace.isOn()) {
                trace.close(truth, Words.of(entry.onMatch()));
            }
            open = MatchOutcome.orElse(open, outcome);
            if (!MatchOutcome.mayBeNothing(open)) {
                return open;
            }
        }
        return MatchOutcome.orElse(open, followOtherwise(list.onNoMatch()));
    }

    private MatchOutcome perhaps(Truth.Unknown truth, OnMatch onMatch) {
        List<MatchOutcome> possible = new ArrayList<>();
        if (truth.mayHold()) {
            possible.add(silent().follow(onMatch));
        }
        if (truth.mayFail()) {
            possible.add(MatchOutcome.NOTHING);
        }
        if (truth.mayStop()) {
            possible.add(MatchOutcome.STOPPED);
        }
        return MatchOutcome.oneOf(truth.reason(), possible);
    }

    /** The same for what is only thought of. */
    private MatcherEvaluator silent() {
        return trace.isOn() ? new MatcherEvaluator(data, MatchTrace.off()) : this;
    }

    private MatchOutcome lookUp(
            MatchInput input,
            Optional<OnMatch> onNoMatch,
            Collection<OnMatch> all,
            Function<String, MatchOutcome> entries) {
        return switch (data.value(input)) {
            case MatchValue.Text text -> {
                trace.open();
                MatchOutcome outcome = entries.apply(text.text());
                if (trace.isOn()) {
                    trace.close(
                            Truth.of(!(outcome instanceof MatchOutcome.Nothing)),
                            "an entry is for " + Words.of(input) + " \"" + text.text() + "\"");
                }
                yield MatchOutcome.mayBeNothing(outcome)
                        ? MatchOutcome.orElse(outcome, followOtherwise(onNoMatch))
                        : outcome;
            }
            case MatchValue.Empty empty -> {
                trace.note(MatchTrace.Answer.NO, "there is " + Words.of(input));
                yield followOtherwise(onNoMatch);
            }
            case MatchValue.Unavailable unavailable -> {
                trace.note(MatchTrace.Answer.STOPPED, "there can be " + Words.of(input));
                yield MatchOutcome.STOPPED;
            }
            case MatchValue.Unknown unknown -> {
                trace.note(MatchTrace.Answer.UNKNOWN, unknown.reason());
                List<MatchOutcome> possible = new ArrayList<>();
                all.forEach(onMatch -> possible.add(silent().follow(onMatch)));
                possible.add(MatchOutcome.NOTHING);
                yield MatchOutcome.orElse(MatchOutcome.oneOf(unknown.reason(), possible), followOtherwise(onNoMatch));
            }
        };
    }

    private MatchOutcome follow(Map<String, OnMatch> entries, String key, String verb) {
        OnMatch onMatch = entries.get(key);
        if (onMatch == null) {
            return MatchOutcome.NOTHING;
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
        MatchOutcome open = MatchOutcome.NOTHING;
        for (int length = text.length(); length >= 0 && MatchOutcome.mayBeNothing(open); length--) {
            open = MatchOutcome.orElse(open, follow(entries, text.substring(0, length), "starts with"));
        }
        return open;
    }

    private record Block(IpBlock block, Matcher.IpEntry entry) {}

    /** The narrowest block first; of equal ones the first. */
    private MatchOutcome followBlocks(List<Matcher.IpEntry> entries, String text) {
        Optional<InetAddress> parsed = IpText.parse(text);
        if (parsed.isEmpty()) {
            return MatchOutcome.NOTHING;
        }
        InetAddress address = parsed.get();
        List<Block> blocks = new ArrayList<>();
        for (Matcher.IpEntry entry : entries) {
            for (IpBlock block : entry.blocks()) {
                if (IpAddresses.contains(block, address)) {
                    blocks.add(new Block(block, entry));
                }
            }
        }
        blocks.sort(Comparator.comparingInt((Block block) -> -block.block().prefixLength()));
        MatchOutcome open = MatchOutcome.NOTHING;
        for (int i = 0; i < blocks.size() && MatchOutcome.mayBeNothing(open); i++) {
            // An exclusive entry is not for addresses that a narrower block has.
            Matcher.IpEntry entry = blocks.get(i).entry();
            open = i > 0 && entry.exclusive() ? open : MatchOutcome.orElse(open, follow(entry.onMatch()));
        }
        return open;
    }

    /** A header may be there and empty: then no domain is for it, not even {@code *} (tried on 1.40.0). */
    private MatchOutcome followDomains(Map<String, OnMatch> entries, String text) {
        if (text.isEmpty()) {
            return MatchOutcome.NOTHING;
        }
        MatchOutcome open = follow(entries, text, "is");
        int dot = text.indexOf('.', 1);
        while (MatchOutcome.mayBeNothing(open) && dot > 0) {
            open = MatchOutcome.orElse(open, follow(entries, "*" + text.substring(dot), "is below"));
            dot = text.indexOf('.', dot + 1);
        }
        return MatchOutcome.mayBeNothing(open) ? MatchOutcome.orElse(open, follow(entries, "*", "is below")) : open;
    }

    private MatchOutcome followOtherwise(Optional<OnMatch> onNoMatch) {
        if (onNoMatch.isEmpty()) {
            return MatchOutcome.NOTHING;
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
            case OnMatch.Take take -> new MatchOutcome.Taken(take.chain());
            case OnMatch.Nested nested -> decide(nested.matcher());
            case Unmodelled unmodelled -> new MatchOutcome.Unknown(unmodelled.reason());
        };
    }
}
