package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Condition;
import java.util.List;
import java.util.stream.Stream;

/**
 * What would try a point, in the words of a step: who calls, or how one calls of whom the rule is, and in both cases what the rule's
 * other conditions ask.
 */
record CallExamples(CallerExamples callers) {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE");

    /** @param conditions of a rule that has the point */
    String of(Point point, List<Condition> conditions) {
        String caller = callers.of(point);
        String from = caller.isEmpty() ? "" : "from " + caller;
        return point.kind().isAboutCallers() && caller.isEmpty() ? "" : (from + request(point, conditions)).strip();
    }

    private static String request(Point point, List<Condition> conditions) {
        String port = "";
        String name = "";
        String method = "";
        String path = "";
        for (Condition condition : conditions) {
            switch (condition) {
                case Condition.Port one -> port = port(one, point);
                case Condition.Sni one -> name = name(one, point);
                case Condition.Method one -> method = method(one, point);
                case Condition.Path one -> path = path(one.path(), point, Point.Kind.PATH);
                case Condition.PathPrefix one ->
                    path = path(CallerBoundary.stem(one.prefix()), point, Point.Kind.PATH_PREFIX);
            }
        }
        boolean asksHttp = !method.isEmpty() || !path.isEmpty();
        String http = " with " + (method.isEmpty() ? "GET" : method) + " \"" + (path.isEmpty() ? "/" : path) + "\"";
        return port + name + (asksHttp ? http : "");
    }

    private static String port(Condition.Port condition, Point point) {
        return point.kind() == Point.Kind.PORT && point.edge() == Edge.OTHER ? "" : " on port " + condition.port();
    }

    private static String name(Condition.Sni condition, Point point) {
        return point.kind() == Point.Kind.SERVER_NAME && point.edge() == Edge.OTHER
                ? ""
                : " with server name \"" + condition.serverName() + "\"";
    }

    private static String method(Condition.Method condition, Point point) {
        if (point.kind() != Point.Kind.METHOD) {
            return condition.methods().getFirst();
        }
        return point.edge() == Edge.SELF
                ? point.subject()
                : Stream.concat(METHODS.stream(), Stream.of("QUERY"))
                        .filter(method -> !condition.methods().contains(method))
                        .findFirst()
                        .orElse("");
    }

    /** @param start the path, or what paths begin with, without its last slash */
    private static String path(String start, Point point, Point.Kind kind) {
        if (point.kind() != kind) {
            return kind == Point.Kind.PATH ? start : start + "/x";
        }
        return switch (point.edge()) {
            case SELF -> start;
            case BELOW, LONGER -> start + "/x";
            case LOOK_ALIKE -> start + "-2";
            case OTHER, SIBLING, PARENT, STRETCHED -> "/other".startsWith(start) ? "/another" : "/other";
        };
    }
}
