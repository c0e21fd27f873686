package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Condition;
import dev.writ.runtime.coverage.Point.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a rule asks of the call itself. */
sealed interface CallBoundary extends Boundary {

    static Boundary of(Condition condition) {
        return switch (condition) {
            case Condition.Port port -> new Port(port.port());
            case Condition.Sni sni -> new ServerName(sni.serverName());
            case Condition.Method method -> new Methods(method.methods());
            case Condition.Path path -> new OnePath(path.path());
            case Condition.PathPrefix prefix -> new Below(prefix.prefix());
        };
    }

    /** A port, and another inbound of the workload. */
    record Port(int port, Sides sides) implements CallBoundary {
        Port(int port) {
            this(port, of(Kind.PORT, Integer.toString(port), Edge.SELF, Edge.OTHER));
        }

        @Override
        public List<Point> points() {
            return sides.points();
        }

        @Override
        public List<Point> tried(AskedCall call) {
            return sides.on(call.call().port() == port ? Edge.SELF : Edge.OTHER);
        }
    }

    /** A server name, and another or none. */
    record ServerName(String name, Sides sides) implements CallBoundary {
        ServerName(String name) {
            this(name.toLowerCase(Locale.ROOT), of(Kind.SERVER_NAME, name, Edge.SELF, Edge.OTHER));
        }

        @Override
        public List<Point> points() {
            return sides.points();
        }

        @Override
        public List<Point> tried(AskedCall call) {
            String asked = call.call().sni();
            boolean isSame = asked != null && asked.toLowerCase(Locale.ROOT).equals(name);
            return sides.on(isSame ? Edge.SELF : Edge.OTHER);
        }
    }

    /** Each of some methods, and one that is none of them. */
    record Methods(List<String> names, List<Point> points) implements CallBoundary {
        Methods(List<String> names) {
            this(
                    names,
                    Stream.concat(
                                    names.stream().distinct().map(name -> new Point(Kind.METHOD, name, Edge.SELF)),
                                    Stream.of(new Point(Kind.METHOD, String.join(", ", names), Edge.OTHER)))
                            .toList());
        }

        @Override
        public List<Point> tried(AskedCall call) {
            for (Point point : points) {
                if (point.edge() == Edge.SELF && point.subject().equals(call.method())) {
                    return List.of(point);
                }
            }
            return List.of(points.getLast());
        }
    }

    /** One path, what begins with it, and another one. */
    record OnePath(String path, Sides sides) implements CallBoundary {
        OnePath(String path) {
            this(
                    path,
                    path.equals("/")
                            ? of(Kind.PATH, path, Edge.SELF, Edge.LONGER)
                            : of(Kind.PATH, path, Edge.SELF, Edge.LONGER, Edge.OTHER));
        }

        @Override
        public List<Point> points() {
            return sides.points();
        }

        @Override
        public List<Point> tried(AskedCall call) {
            Edge edge = call.path().equals(path) ? Edge.SELF : call.path().startsWith(path) ? Edge.LONGER : Edge.OTHER;
            return sides.on(edge);
        }
    }

    /** All paths that begin so: as of a prefix of callers, but that every other path is a sibling. */
    record Below(String start, Sides sides) implements CallBoundary {
        Below(String prefix) {
            this(
                    CallerBoundary.stem(prefix),
                    // All paths begin with a slash.
                    CallerBoundary.stem(prefix).isEmpty()
                            ? new Sides(List.of())
                            : of(Kind.PATH_PREFIX, prefix, Edge.SELF, Edge.BELOW, Edge.LOOK_ALIKE, Edge.OTHER));
        }

        @Override
        public List<Point> points() {
            return sides.points();
        }

        @Override
        public List<Point> tried(AskedCall call) {
            Edge edge = call.path().startsWith(start) ? CallerBoundary.after(call.path(), start) : Edge.OTHER;
            return sides.on(edge);
        }
    }

    private static Sides of(Kind kind, String subject, Edge... edges) {
        List<Point> points = new ArrayList<>();
        for (Edge edge : edges) {
            points.add(new Point(kind, subject, edge));
        }
        return new Sides(points);
    }
}
