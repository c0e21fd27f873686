package dev.writ.runtime.coverage;

import java.util.List;
import java.util.stream.Stream;

/** What would try a point, in the words of a step. */
record CallExamples(CallerExamples callers) {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    String of(Point point) {
        return switch (point.kind()) {
            case CALLER, PREFIX, PATTERN, SAN -> {
                String caller = callers.of(point);
                yield caller.isEmpty() ? "" : "from " + caller;
            }
            case WORKLOADS -> "";
            case PORT -> point.edge() == Edge.SELF ? "on port " + point.subject() : "";
            case SERVER_NAME -> point.edge() == Edge.SELF ? "with server name \"" + point.subject() + "\"" : "";
            case METHOD -> "with " + (point.edge() == Edge.SELF ? point.subject() : other(point.subject()));
            case PATH, PATH_PREFIX -> "with path \"" + path(point) + "\"";
        };
    }

    private static String other(String methods) {
        List<String> named = List.of(methods.split(", ", -1));
        return Stream.concat(METHODS.stream(), Stream.of("TRACE"))
                .filter(method -> !named.contains(method))
                .findFirst()
                .orElse("QUERY");
    }

    private static String path(Point point) {
        String path = CallerBoundary.stem(point.subject());
        return switch (point.edge()) {
            case SELF -> point.kind() == Point.Kind.PATH ? point.subject() : path;
            case BELOW -> path + "/x";
            case LONGER -> path + "/x";
            case LOOK_ALIKE -> path + "-2";
            case OTHER, SIBLING, PARENT, STRETCHED -> "/other".startsWith(path) ? "/another" : "/other";
        };
    }
}
