package dev.writ.runtime.coverage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The points of a boundary that has one on each of some sides. */
record Sides(List<Point> points, Map<Edge, List<Point>> byEdge) {
    Sides(List<Point> points) {
        this(List.copyOf(points), new EnumMap<>(Edge.class));
        points.forEach(point -> byEdge.put(point.edge(), List.of(point)));
    }

    /** The point on this side, if there is one. */
    List<Point> on(Edge edge) {
        return byEdge.getOrDefault(edge, List.of());
    }
}
