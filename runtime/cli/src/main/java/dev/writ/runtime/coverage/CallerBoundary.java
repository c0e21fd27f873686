package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.coverage.Point.Kind;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whom a rule is about. */
sealed interface CallerBoundary extends Boundary
        permits CallerBoundary.OneCaller,
                CallerBoundary.Beginning,
                CallerBoundary.OfWorkloads,
                CallerBoundary.San,
                SegmentBoundary {

    /** Those of the parts that a set of callers is made of; none for every caller. */
    static List<Boundary> of(Principal principal) {
        return switch (principal) {
            case Principal.Always always -> List.of();
            case Principal.Exact exact -> List.of(new OneCaller(exact.value()));
            case Principal.Prefix prefix -> List.of(new Beginning(prefix.value()));
            case Principal.Segments segments -> List.of(new SegmentBoundary(segments));
            case Principal.SanEquals san -> List.of(new San(san.value()));
            case Principal.AnyOf any -> of(any.members());
            case Principal.AllOf all -> of(all.members());
            case Principal.Not not -> of(not.member());
        };
    }

    private static List<Boundary> of(List<Principal> members) {
        return members.stream().flatMap(member -> of(member).stream()).toList();
    }

    /** The points on these sides of which a SPIFFE ID can be. */
    static Sides possible(Kind kind, String subject, Edge... edges) {
        return new Sides(Stream.of(edges)
                .map(edge -> new Point(kind, subject, edge))
                .filter(point -> SpiffeId.of(CallerExamples.PLAIN.of(point)).isPresent())
                .toList());
    }

    /** One SPIFFE ID {@code s}: {@code s}, {@code s/x}, {@code sx} and its parent. */
    record OneCaller(String id, Sides sides) implements CallerBoundary {
        OneCaller(String id) {
            this(id, possible(Kind.CALLER, id, Edge.SELF, Edge.BELOW, Edge.LOOK_ALIKE, Edge.PARENT));
        }

        @Override
        public List<Point> points() {
            return sides.points();
        }

        @Override
        public List<Point> tried(AskedCall call) {
            String caller = call.caller();
            if (caller.startsWith(id)) {
                return sides.on(after(caller, id));
            }
            int slash = id.lastIndexOf('/');
            return slash >= 0 && caller.length() == slash && id.startsWith(caller) ? sides.on(Edge.PARENT) : List.of();
        }
    }

    /**
     * All that begin with {@code p}: {@code p}, {@code p/x}, {@code px} and a sibling. A slash at its end is the same boundary, drawn on
     * its other side.
     */
    record Beginning(String start, String parent, Sides sides) implements CallerBoundary {
        Beginning(String prefix) {
            this(
                    stem(prefix),
                    stem(prefix).substring(0, stem(prefix).lastIndexOf('/') + 1),
                    possible(Kind.PREFIX, prefix, Edge.SELF, Edge.BELOW, Edge.LOOK_ALIKE, Edge.SIBLING));
        }

        @Override
        public List<Point> points() {
            return sides.points();
        }

        @Override
        public List<Point> tried(AskedCall call) {
            String caller = call.caller();
            if (caller.startsWith(start)) {
                return sides.on(after(caller, start));
            }
            return !parent.isEmpty() && caller.length() > parent.length() && caller.startsWith(parent)
                    ? sides.on(Edge.SIBLING)
                    : List.of();
        }
    }

    /** SPIFFE IDs that the rule does not spell: those of the workloads that it names. */
    record OfWorkloads(SortedSet<String> ids, Sides sides) implements CallerBoundary {
        OfWorkloads(SortedSet<String> ids) {
            this(
                    new TreeSet<>(ids),
                    new Sides(List.of(
                            new Point(Kind.WORKLOADS, "", Edge.SELF), new Point(Kind.WORKLOADS, "", Edge.OTHER))));
        }

        @Override
        public List<Point> points() {
            return sides.points();
        }

        @Override
        public List<Point> tried(AskedCall call) {
            return sides.on(ids.contains(call.caller()) ? Edge.SELF : Edge.OTHER);
        }
    }

    /** A URI SAN, which is compared one by one. */
    record San(String value, Sides sides) implements CallerBoundary {
        San(String value) {
            this(
                    value,
                    new Sides(List.of(new Point(Kind.SAN, value, Edge.SELF), new Point(Kind.SAN, value, Edge.OTHER))));
        }

        @Override
        public List<Point> points() {
            return sides.points();
        }

        @Override
        public List<Point> tried(AskedCall call) {
            return sides.on(call.uriSans().contains(value) ? Edge.SELF : Edge.OTHER);
        }
    }

    /** Without the slash at its end. */
    static String stem(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** Where a text is that begins with another one. */
    static Edge after(String text, String start) {
        if (text.length() == start.length()) {
            return Edge.SELF;
        }
        return text.charAt(start.length()) == '/' ? Edge.BELOW : Edge.LOOK_ALIKE;
    }
}
