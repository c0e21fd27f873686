package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Principal;
import dev.writ.runtime.coverage.Point.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whole segments. As of one SPIFFE ID: what fits, what goes on below it, a look-alike of the last segment, the parent. With a
 * {@code /**} at the end as of a prefix: a sibling in place of the parent. And for each {@code *} before the last segment two segments in
 * its place, which a pattern that forgets the slash would let in.
 */
record SegmentBoundary(Principal.Segments pattern, Sides sides) implements CallerBoundary {
    SegmentBoundary(Principal.Segments pattern) {
        this(pattern, CallerBoundary.possible(Kind.PATTERN, text(pattern), edges(pattern)));
    }

    private static Edge[] edges(Principal.Segments pattern) {
        List<Edge> edges = new ArrayList<>(List.of(Edge.SELF, Edge.BELOW));
        boolean isNamed = pattern.segments().getLast().isPresent();
        if (isNamed) {
            edges.add(Edge.LOOK_ALIKE);
        }
        if (!pattern.below()) {
            edges.add(Edge.PARENT);
        } else if (isNamed) {
            edges.add(Edge.SIBLING);
        }
        if (pattern.segments().subList(0, pattern.segments().size() - 1).contains(Optional.<String>empty())) {
            edges.add(Edge.STRETCHED);
        }
        return edges.toArray(Edge[]::new);
    }

    /** {@code spiffe://td/ns/*}{@code /sa/**}, as {@code .writ} has it. */
    static String text(Principal.Segments pattern) {
        return pattern.segments().stream()
                .map(segment -> segment.orElse("*"))
                .collect(Collectors.joining("/", "spiffe://", pattern.below() ? "/**" : ""));
    }

    @Override
    public List<Point> points() {
        return sides.points();
    }

    @Override
    public List<Point> tried(AskedCall call) {
        List<String> given = call.segments();
        List<Point> tried = edge(given).map(sides::on).orElse(List.of());
        if (!isStretched(given)) {
            return tried;
        }
        List<Point> both = new ArrayList<>(tried);
        both.addAll(sides.on(Edge.STRETCHED));
        return both;
    }

    private Optional<Edge> edge(List<String> given) {
        int last = pattern.segments().size() - 1;
        if (given.size() < last || !fits(given, 0, last, 0)) {
            return Optional.empty();
        }
        if (given.size() == last) {
            return Optional.of(Edge.PARENT);
        }
        Optional<String> name = pattern.segments().get(last);
        String end = given.get(last);
        if (name.isEmpty() || name.get().equals(end)) {
            return Optional.of(given.size() == last + 1 ? Edge.SELF : Edge.BELOW);
        }
        return Optional.of(end.startsWith(name.get()) ? Edge.LOOK_ALIKE : Edge.SIBLING);
    }

    private boolean isStretched(List<String> given) {
        int size = pattern.segments().size();
        boolean isLong = pattern.below() ? given.size() > size + 1 : given.size() == size + 1;
        for (int star = 0; isLong && star < size - 1; star++) {
            if (pattern.segments().get(star).isEmpty() && fits(given, 0, star, 0) && fits(given, star + 1, size, 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the names {@code from..to} of the pattern are met, so many places further on. */
    private boolean fits(List<String> given, int from, int to, int further) {
        for (int i = from; i < to; i++) {
            Optional<String> name = pattern.segments().get(i);
            if (name.isPresent() && !name.get().equals(given.get(i + further))) {
                return false;
            }
        }
        return true;
    }
}
