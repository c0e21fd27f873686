package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.IdPatterns.Found;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The intervals of one segment as names and beginnings of names. Intervals of one value that are but interrupted are one pattern with
 * exceptions.
 */
final class SegmentPatterns {
    /** An interval that is neither a name nor all names of one beginning is cut into such, but not into more. */
    private static final int MOST_PIECES = 10_000;

    private final IdPatterns patterns;
    private final Diagram diagram;
    private final Branch branch;
    private final int position;
    private final String text;
    private final List<String> from = new ArrayList<>();
    private final List<Node> children = new ArrayList<>();
    private final Map<Node, List<Integer>> places = new HashMap<>();
    private final List<Found> found = new ArrayList<>();

    /** All names with one beginning, that interval to that; at most as many gaps as intervals of the value. */
    private record Hull(String beginning, int first, int last, int covered) {}

    /** @param text all before the segment */
    SegmentPatterns(IdPatterns patterns, Diagram diagram, Branch branch, int position, String text) {
        this.patterns = patterns;
        this.diagram = diagram;
        this.branch = branch;
        this.position = position;
        this.text = text;
        for (int i = 0; i < branch.size(); i++) {
            from.add(i == 0 ? Callers.WELL_FORMED.least(position) : branch.from(i));
            children.add(branch.child(i));
            places.computeIfAbsent(branch.child(i), child -> new ArrayList<>()).add(i);
        }
    }

    List<Found> found() {
        boolean[] done = new boolean[branch.size()];
        // What is interrupted comes first: the rest of what interrupts it is then told without it.
        for (int i = 0; i < branch.size(); i++) {
            Hull hull = done[i] || branch.child(i) == patterns.nothing() ? null : hull(i);
            if (hull != null && hull.first() < hull.last()) {
                add(hull, branch.child(i), children.get(i));
                cover(hull, branch.child(i), done);
            }
        }
        for (int i = 0; i < branch.size(); i++) {
            if (!done[i] && branch.child(i) != patterns.nothing()) {
                pieces(i);
            }
        }
        return found;
    }

    private void cover(Hull hull, Node value, boolean[] done) {
        List<Integer> same = Objects.requireNonNull(places.get(value));
        for (int at = at(same, hull.first()); at < same.size() && same.get(at) <= hull.last(); at++) {
            done[same.get(at)] = true;
        }
    }

    private @Nullable String to(int interval) {
        return interval + 1 == from.size() ? null : from.get(interval + 1);
    }

    private @Nullable Hull hull(int interval) {
        String start = from.get(interval);
        if (Objects.equals(to(interval), Callers.WELL_FORMED.ceiling(position, start + '\0'))) {
            return null;
        }
        List<Integer> same = Objects.requireNonNull(places.get(branch.child(interval)));
        Hull best = null;
        for (int length = start.length(); length >= 0; length--) {
            String beginning = start.substring(0, length);
            int first = indexOf(Callers.WELL_FORMED.ceiling(position, beginning));
            int last = lastBefore(beginning);
            if (first < 0 || last < interval) {
                continue;
            }
            int firstOfValue = at(same, first);
            int lastOfValue = at(same, last + 1) - 1;
            int covered = lastOfValue - firstOfValue + 1;
            int gaps = covered - 1 + (same.get(firstOfValue) > first ? 1 : 0) + (same.get(lastOfValue) < last ? 1 : 0);
            if (gaps <= covered && (best == null || covered > best.covered())) {
                best = new Hull(beginning, first, last, covered);
            }
        }
        return best;
    }

    /** The interval that starts there; negative if none does. */
    private int indexOf(@Nullable String bound) {
        return bound == null ? -1 : Collections.binarySearch(from, bound);
    }

    /** The interval that ends where the names of this beginning do; negative if none does. */
    private int lastBefore(String beginning) {
        String after = Intervals.successor(beginning);
        String end = after == null ? null : Callers.WELL_FORMED.ceiling(position, after);
        return end == null ? from.size() - 1 : indexOf(end) < 0 ? -1 : indexOf(end) - 1;
    }

    /** The first of these indices that is no less. */
    private static int at(List<Integer> indices, int least) {
        int found = Collections.binarySearch(indices, least);
        return found >= 0 ? found : -found - 1;
    }

    /** @param shown the value without what other patterns tell of it */
    private void add(Hull hull, Node value, Node shown) {
        List<Found> own = patterns.below(shown, position, text + hull.beginning() + "*", false);
        Relabel others = Relabel.values(
                diagram, one -> value instanceof Leaf leaf && one.equals(leaf.value()) ? Nothing.NOTHING : true);
        Relabel rest = Relabel.values(
                diagram, one -> value instanceof Leaf leaf && one.equals(leaf.value()) ? Nothing.NOTHING : one);
        List<String> bounds = new ArrayList<>();
        List<Node> gaps = new ArrayList<>(List.of(patterns.nothing()));
        for (int i = hull.first(); i <= hull.last(); i++) {
            bounds.add(from.get(i));
            boolean isGap = branch.child(i) != value;
            gaps.add(
                    !isGap
                            ? patterns.nothing()
                            : value instanceof Leaf ? others.of(branch.child(i)) : diagram.leaf(true));
            if (isGap && value instanceof Leaf) {
                children.set(i, rest.of(children.get(i)));
            }
        }
        String end = to(hull.last());
        if (end != null) {
            bounds.add(end);
            gaps.add(patterns.nothing());
        }
        List<Found> except = gaps(bounds, gaps);
        own.forEach(one -> found.add(one.without(except)));
    }

    private List<Found> gaps(List<String> bounds, List<Node> gaps) {
        if (bounds.getFirst().equals(Callers.WELL_FORMED.least(position))) {
            bounds.removeFirst();
            gaps.removeFirst();
        }
        return patterns.from(diagram.branch(Variables.segment(position), bounds, gaps), position, text);
    }

    /** Names and beginnings of names, one after the other. */
    private void pieces(int interval) {
        Node child = children.get(interval);
        String next = from.get(interval);
        String to = to(interval);
        for (int pieces = 0; next != null && !next.equals(to); pieces++) {
            if (pieces == MOST_PIECES) {
                throw new Unanswerable("callers that no list of patterns tells");
            }
            String beginning = largest(next, to);
            if (beginning == null) {
                found.addAll(patterns.below(child, position, text + next, true));
                next = Callers.WELL_FORMED.ceiling(position, next + '\0');
            } else {
                found.addAll(patterns.below(child, position, text + beginning + "*", false));
                String after = Intervals.successor(beginning);
                next = after == null ? null : Callers.WELL_FORMED.ceiling(position, after);
            }
        }
    }

    /** The shortest text that all names of an interval's start begin with, up to its end at most; null if there is none. */
    private @Nullable String largest(String start, @Nullable String to) {
        for (int length = 0; length <= start.length(); length++) {
            String beginning = start.substring(0, length);
            String after = Intervals.successor(beginning);
            String end = after == null ? null : Callers.WELL_FORMED.ceiling(position, after);
            boolean isInside = to == null || end != null && end.compareTo(to) <= 0;
            if (start.equals(Callers.WELL_FORMED.ceiling(position, beginning)) && isInside) {
                return beginning;
            }
        }
        return null;
    }
}
