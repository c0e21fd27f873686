package dev.writ.compiler.check.envoy;

import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Predicate;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The denies that a call has passed before something is asked of it: they may have kept ill-formed names out. */
record IdentityGuard(List<Predicate> denied) {
    static final IdentityGuard NONE = new IdentityGuard(List.of());

    IdentityGuard {
        denied = List.copyOf(denied);
    }

    IdentityGuard and(Predicate more) {
        List<Predicate> all = new ArrayList<>(denied);
        all.add(more);
        return new IdentityGuard(all);
    }

    /** Whether such URI SANs, joined with commas, are denied whatever else the call is. */
    boolean refuses(String uriSans) {
        return denied.stream().anyMatch(predicate -> holds(predicate, uriSans).orElse(false));
    }

    /** Empty where it depends on more than the URI SANs. */
    private static Optional<Boolean> holds(Predicate predicate, String uriSans) {
        return switch (predicate) {
            case Predicate.Matches matches ->
                matches.input() instanceof MatchInput.UriSan ? holds(matches.matcher(), uriSans) : Optional.empty();
            case Predicate.Not not -> holds(not.member(), uriSans).map(holds -> !holds);
            case Predicate.AllOf all -> combined(all.members(), uriSans, false);
            case Predicate.AnyOf any -> combined(any.members(), uriSans, true);
            case Predicate.InBlocks blocks -> Optional.empty();
            case Predicate.Custom custom -> Optional.empty();
        };
    }

    private static Optional<Boolean> combined(List<Predicate> members, String uriSans, boolean decisive) {
        boolean open = false;
        for (Predicate member : members) {
            Optional<Boolean> holds = holds(member, uriSans);
            if (holds.isPresent() && holds.get() == decisive) {
                return holds;
            }
            open |= holds.isEmpty();
        }
        return open ? Optional.empty() : Optional.of(!decisive);
    }

    static Optional<Boolean> holds(TextMatcher matcher, String text) {
        return switch (matcher) {
            case TextMatcher.Exact exact ->
                Optional.of(exact.ignoreCase() ? text.equalsIgnoreCase(exact.text()) : text.equals(exact.text()));
            case TextMatcher.StartsWith starts ->
                Optional.of(cased(text, starts.ignoreCase()).startsWith(cased(starts.text(), starts.ignoreCase())));
            case TextMatcher.EndsWith ends ->
                Optional.of(cased(text, ends.ignoreCase()).endsWith(cased(ends.text(), ends.ignoreCase())));
            case TextMatcher.Contains contains ->
                Optional.of(cased(text, contains.ignoreCase()).contains(cased(contains.text(), contains.ignoreCase())));
            case TextMatcher.Regex regex -> Optional.of(regex.pattern().matches(text));
            case Unmodelled other -> Optional.empty();
        };
    }

    private static String cased(String text, boolean ignoreCase) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }
}
