package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.runtime.judge.PrincipalTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What would try a point, in the words of a step: who calls, and how, so that all else that the rule asks is met. */
final class CallExamples {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE");

    private final Set<String> known;
    private final CallerExamples callers;
    private final Map<Principal, Optional<String>> insiders = new HashMap<>();

    /** @param known the SPIFFE IDs of workloads */
    CallExamples(Set<String> known) {
        this.known = known;
        this.callers = new CallerExamples(known);
    }

    /**
     * Empty where nobody is known who would.
     *
     * @param principal those that the rule is about
     * @param conditions what else it asks
     */
    String of(Point point, Principal principal, List<Condition> conditions) {
        return caller(point, principal)
                .map(caller -> "from " + caller + request(point, conditions))
                .orElse("");
    }

    private Optional<String> caller(Point point, Principal principal) {
        if (point.kind() == Point.Kind.WORKLOADS || point.kind() == Point.Kind.SAN) {
            return point.edge() == Edge.SELF ? insider(principal) : outsider(principal);
        }
        return point.kind().isAboutCallers() ? Optional.of(callers.of(point)) : insider(principal);
    }

    private Optional<String> insider(Principal principal) {
        return insiders.computeIfAbsent(
                principal,
                all -> Stream.concat(known.stream(), candidates(principal))
                        .filter(caller -> PrincipalTest.holds(principal, caller))
                        .findFirst());
    }

    private Optional<String> outsider(Principal principal) {
        return known.stream()
                .filter(caller -> !PrincipalTest.holds(principal, caller))
                .findFirst();
    }

    private Stream<String> candidates(Principal principal) {
        return CallerBoundary.of(principal).stream()
                .flatMap(boundary -> boundary.points().stream())
                .map(callers::of)
                .filter(caller -> !caller.isEmpty());
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
