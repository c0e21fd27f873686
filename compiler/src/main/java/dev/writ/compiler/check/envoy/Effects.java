package dev.writ.compiler.check.envoy;

import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What may come of a match: all actions below it, without a look at their conditions. */
final class Effects {
    private Effects() {}

    static Set<Effect> of(OnMatch onMatch) {
        EnumSet<Effect> effects = EnumSet.noneOf(Effect.class);
        add(onMatch, effects);
        return effects;
    }

    private static void add(OnMatch onMatch, EnumSet<Effect> effects) {
        switch (onMatch) {
            case OnMatch.Act act -> effects.add(act.effect());
            case OnMatch.Nested nested -> add(nested.matcher(), effects);
            case OnMatch.Take take -> {}
            case Unmodelled other -> {}
        }
    }

    private static void add(Matcher matcher, EnumSet<Effect> effects) {
        switch (matcher) {
            case Matcher.FirstOf list -> {
                List<OnMatch> next =
                        list.entries().stream().map(Matcher.Entry::onMatch).toList();
                add(next, list.onNoMatch(), effects);
            }
            case Matcher.ExactMap map -> add(map.entries().values(), map.onNoMatch(), effects);
            case Matcher.PrefixMap map -> add(map.entries().values(), map.onNoMatch(), effects);
            case Matcher.IpMap map -> {
                List<OnMatch> next =
                        map.entries().stream().map(Matcher.IpEntry::onMatch).toList();
                add(next, map.onNoMatch(), effects);
            }
            case Matcher.DomainMap map -> add(map.entries().values(), map.onNoMatch(), effects);
            case Matcher.Otherwise otherwise -> add(List.of(), otherwise.onNoMatch(), effects);
            case Unmodelled other -> {}
        }
    }

    private static void add(Collection<OnMatch> next, Optional<OnMatch> onNoMatch, EnumSet<Effect> effects) {
        next.forEach(one -> add(one, effects));
        onNoMatch.ifPresent(one -> add(one, effects));
        // Where nothing matches and nothing else is said, Envoy denies.
        if (onNoMatch.isEmpty()) {
            effects.add(Effect.DENY);
        }
    }
}
