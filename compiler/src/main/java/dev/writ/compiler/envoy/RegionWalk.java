package dev.writ.compiler.envoy;

import dev.writ.compiler.envoy.CallerSet.Region;
import dev.writ.compiler.envoy.MatcherLowering.Line;
import dev.writ.compiler.envoy.ResolvedMatcher.Entry;
import dev.writ.compiler.envoy.ResolvedMatcher.Leaf;
import dev.writ.compiler.envoy.ResolvedMatcher.Outcome;
import dev.writ.compiler.envoy.ResolvedMatcher.Test;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Resolves all regions in one walk over the sorted strings, in which the keys that contain the current string form a stack.
 * Only rules that can hold there are looked at: those that hold where nothing is known of the caller, and those that mention a
 * key of the stack or the string itself. A walk of each rule at each region would be quadratic.
 */
final class RegionWalk {
    /** Some 150 MB of YAML: more is a policy to be written otherwise. */
    static final int MAX_ENTRIES = 250_000;

    /** The leaves together would need more than {@link #MAX_ENTRIES} entries. */
    static final class TooLarge extends Exception {}

    private final List<Line> lines;
    private final Outcome byDefault;
    private final boolean wellFormed;

    private final Map<String, List<Integer>> linesOfExact = new HashMap<>();
    private final Map<String, List<Integer>> linesOfKey = new HashMap<>();
    private final SortedSet<String> exactStrings = new TreeSet<>();
    private final SortedSet<String> keys = new TreeSet<>();

    /** Which rules can hold where the walk is, and by how many strings each. */
    private final TreeMap<Integer, Integer> candidates = new TreeMap<>();

    private final List<String> stack = new ArrayList<>();
    private final Deque<Leaf> kept = new ArrayDeque<>();
    private final SortedMap<String, Leaf> exact = new TreeMap<>();
    private final SortedMap<String, Leaf> prefixes = new TreeMap<>();
    private int entries;

    RegionWalk(List<Line> lines, Outcome byDefault, boolean wellFormed) {
        this.lines = lines;
        this.byDefault = byDefault;
        this.wellFormed = wellFormed;
        for (int i = 0; i < lines.size(); i++) {
            CallerSet.Strings strings = lines.get(i).callers().strings();
            // A certificate has no empty URI SAN, and Envoy's empty key would mean any.
            strings.exact().remove("");
            exactStrings.addAll(strings.exact());
            keys.addAll(strings.keys());
            index(linesOfExact, strings.exact(), i);
            index(linesOfKey, strings.keys(), i);
        }
    }

    private static void index(Map<String, List<Integer>> lines, Iterable<String> strings, int line) {
        strings.forEach(
                text -> lines.computeIfAbsent(text, t -> new ArrayList<>(1)).add(line));
    }

    ResolvedMatcher resolve(boolean guard, List<Entry> leading) throws TooLarge {
        Region nothingKnown = new Region("", false, List.of(), wellFormed);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).with(lines.get(i).callers().in(nothingKnown)).equals(Test.FALSE)) {
                enter(List.of(i));
            }
        }
        Leaf root = leaf(nothingKnown);
        kept.push(root);
        SortedSet<String> all = new TreeSet<>(keys);
        all.addAll(exactStrings);
        for (String text : all) {
            while (!stack.isEmpty() && !text.startsWith(stack.get(stack.size() - 1))) {
                leave(linesOfKey.getOrDefault(stack.remove(stack.size() - 1), List.of()));
                kept.pop();
            }
            if (keys.contains(text)) {
                prefix(text);
            }
            if (exactStrings.contains(text)) {
                exact(text);
            }
        }
        return new ResolvedMatcher(guard, leading, exact, prefixes, root);
    }

    /** A key whose leaf is that of the longest kept key below it, names included, is left out: the other one decides. */
    private void prefix(String text) throws TooLarge {
        stack.add(text);
        enter(linesOfKey.getOrDefault(text, List.of()));
        Leaf leaf = leaf(new Region(text, false, stack, wellFormed));
        if (!leaf.equals(kept.peek())) {
            prefixes.put(text, leaf);
            count(leaf);
        }
        kept.push(leaf);
    }

    private void exact(String text) throws TooLarge {
        List<Integer> own = linesOfExact.getOrDefault(text, List.of());
        enter(own);
        Leaf leaf = leaf(new Region(text, true, stack, wellFormed));
        if (!leaf.equals(Objects.requireNonNull(kept.peek()))) {
            exact.put(text, leaf);
            count(leaf);
        }
        leave(own);
    }

    private void count(Leaf leaf) throws TooLarge {
        entries += leaf.entries().size();
        if (entries > MAX_ENTRIES) {
            throw new TooLarge();
        }
    }

    private void enter(List<Integer> own) {
        own.forEach(line -> candidates.merge(line, 1, Integer::sum));
    }

    private void leave(List<Integer> own) {
        own.forEach(line -> candidates.computeIfPresent(line, (l, count) -> count == 1 ? null : count - 1));
    }

    /** The rules in their order, cut after the first that holds for all of the region. */
    private Leaf leaf(Region region) {
        List<Entry> undecided = new ArrayList<>();
        Outcome otherwise = byDefault;
        for (int i : candidates.keySet()) {
            Line line = lines.get(i);
            Test test = line.with(line.callers().in(region));
            if (test.equals(Test.TRUE)) {
                otherwise = line.outcome();
                break;
            }
            if (!test.equals(Test.FALSE)) {
                undecided.add(new Entry(test, line.outcome()));
            }
        }
        while (!undecided.isEmpty()
                && undecided.get(undecided.size() - 1).outcome().equals(otherwise)) {
            undecided.remove(undecided.size() - 1);
        }
        return new Leaf(undecided, otherwise);
    }
}
