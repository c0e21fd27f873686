package dev.writ.compiler.check;

import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Rule;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rules by the callers they are about, found without a look at each. Of rules with one text only the first is kept, or one for
 * every server name before one for some, and none with HTTP conditions: what it finds is true, and it may miss what those alone
 * tell apart.
 */
final class RuleIndex {

    /** A rule and where it stands. */
    record Placed(Permission permission, Rule rule, Callers callers) {}

    private final NavigableMap<String, Placed> exact = new TreeMap<>();
    private final NavigableMap<String, Placed> prefixes = new TreeMap<>();

    void add(Permission permission, Rule rule) {
        if (rule.http() != null) {
            return;
        }
        Callers.of(rule).ifPresent(callers -> {
            Map<String, Placed> texts = callers.exact() ? exact : prefixes;
            Placed present = texts.get(callers.text());
            if (present == null || present.callers().serverName() != null && callers.serverName() == null) {
                texts.put(callers.text(), new Placed(permission, rule, callers));
            }
        });
    }

    /** A rule that is about all of these callers. */
    Optional<Placed> including(Callers callers) {
        if (callers.exact()) {
            Placed same = exact.get(callers.text());
            if (same != null && same.callers().includes(callers)) {
                return Optional.of(same);
            }
        }
        String text = callers.text();
        // The texts that a string begins with are below it in this order, the longest nearest.
        Map.Entry<String, Placed> entry = prefixes.floorEntry(text);
        while (entry != null) {
            if (entry.getValue().callers().includes(callers)) {
                return Optional.of(entry.getValue());
            }
            String common = commonStart(entry.getKey(), text);
            entry = common.length() == entry.getKey().length()
                    ? prefixes.lowerEntry(common)
                    : prefixes.floorEntry(common);
        }
        return Optional.empty();
    }

    /** A rule that is about some of these callers. */
    Optional<Placed> overlapping(Callers callers) {
        Optional<Placed> including = including(new Callers(callers.text(), callers.exact(), null));
        if (including.isPresent() || callers.exact()) {
            return including.or(() -> including(callers));
        }
        return within(exact, callers).or(() -> within(prefixes, callers));
    }

    private static Optional<Placed> within(NavigableMap<String, Placed> texts, Callers callers) {
        Map.Entry<String, Placed> entry = texts.ceilingEntry(callers.text());
        return entry != null && entry.getValue().callers().overlaps(callers)
                ? Optional.of(entry.getValue())
                : Optional.empty();
    }

    private static String commonStart(String one, String other) {
        int end = 0;
        while (end < one.length() && end < other.length() && one.charAt(end) == other.charAt(end)) {
            end++;
        }
        return one.substring(0, end);
    }
}
