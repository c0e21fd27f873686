package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.coverage.Point.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    static List<Point> possible(Kind kind, String subject, Edge... edges) {
        return Stream.of(edges)
                .map(edge -> new Point(kind, subject, edge))
                .filter(point -> SpiffeId.of(CallerExamples.PLAIN.of(point)).isPresent())
                .toList();
    }

    /** One SPIFFE ID {@code s}: {@code s}, {@code s/x}, {@code sx} and its parent. */
    record OneCaller(String id, List<Point> points) implements CallerBoundary {
        OneCaller(String id) {
            this(id, possible(Kind.CALLER, id, Edge.SELF, Edge.BELOW, Edge.LOOK_ALIKE, Edge.PARENT));
        }

        @Override
        public List<Point> tried(AskedCall call) {
            String caller = call.caller();
            if (caller.startsWith(id)) {
                return one(points, after(caller, id));
            }
            int slash = id.lastIndexOf('/');
            return slash >= 0 && caller.length() == slash && id.startsWith(caller)
                    ? one(points, Edge.PARENT)
                    : List.of();
        }
    }

    /**
     * All that begin with {@code p}: {@code p}, {@code p/x}, {@code px} and a sibling. A slash at its end is the same boundary, drawn on
     * its other side.
     */
    record Beginning(String start, String parent, List<Point> points) implements CallerBoundary {
        Beginning(String prefix) {
            this(
                    stem(prefix),
                    stem(prefix).substring(0, stem(prefix).lastIndexOf('/') + 1),
                    possible(Kind.PREFIX, prefix, Edge.SELF, Edge.BELOW, Edge.LOOK_ALIKE, Edge.SIBLING));
        }

        @Override
        public List<Point> tried(AskedCall call) {
            String caller = call.caller();
            if (caller.startsWith(start)) {
                return one(points, after(caller, start));
            }
            return !parent.isEmpty() && caller.length() > parent.length() && caller.startsWith(parent)
                    ? one(points, Edge.SIBLING)
                    : List.of();
        }
    }

    /** SPIFFE IDs that the rule does not spell: those of the workloads that it names. */
    record OfWorkloads(SortedSet<String> ids, List<Point> points) implements CallerBoundary {
        OfWorkloads(SortedSet<String> ids) {
            this(
                    new TreeSet<>(ids),
                    List.of(new Point(Kind.WORKLOADS, "", Edge.SELF), new Point(Kind.WORKLOADS, "", Edge.OTHER)));
        }

        @Override
        public List<Point> tried(AskedCall call) {
            return one(points, ids.contains(call.caller()) ? Edge.SELF : Edge.OTHER);
        }
    }

    /** A URI SAN, which is compared one by one. */
    record San(String value, List<Point> points) implements CallerBoundary {
        San(String value) {
            this(value, List.of(new Point(Kind.SAN, value, Edge.SELF), new Point(Kind.SAN, value, Edge.OTHER)));
        }

        @Override
        public List<Point> tried(AskedCall call) {
            return one(points, call.uriSans().contains(value) ? Edge.SELF : Edge.OTHER);
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

    /** The point on this side, if there is one. */
    static List<Point> one(List<Point> points, Edge edge) {
        List<Point> found = new ArrayList<>(1);
        Optional<Point> point =
                points.stream().filter(one -> one.edge() == edge).findFirst();
        point.ifPresent(found::add);
        return found;
    }
}
