package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Condition;
import java.util.List;
import java.util.Locale;

/** A rule's conditions as a set of calls to an inbound. Server names are compared in lower case; a path has no query. */
final class ConditionDiagram {
    private final Diagram diagram;
    private final TextSets texts;
    private final Merge both;
    private final int port;

    ConditionDiagram(Diagram diagram, int port) {
        this.diagram = diagram;
        this.texts = new TextSets(diagram);
        this.both = Merge.both(diagram);
        this.port = port;
    }

    Node of(List<Condition> conditions) {
        return both.all(conditions.stream().map(this::of).toList(), diagram.leaf(true));
    }

    private Node of(Condition condition) {
        return switch (condition) {
            case Condition.Port expected -> diagram.leaf(expected.port() == port);
            case Condition.Sni sni ->
                sni.serverName().isEmpty()
                        ? diagram.leaf(false)
                        : texts.oneOf(
                                Variables.SERVER_NAME, List.of(sni.serverName().toLowerCase(Locale.ROOT)));
            case Condition.Method method -> texts.oneOf(Variables.METHOD, method.methods());
            case Condition.Path path ->
                hasQuery(path.path()) ? diagram.leaf(false) : texts.oneOf(Variables.PATH, List.of(path.path()));
            case Condition.PathPrefix prefix ->
                hasQuery(prefix.prefix()) ? diagram.leaf(false) : texts.startingWith(Variables.PATH, prefix.prefix());
        };
    }

    private static boolean hasQuery(String path) {
        return path.indexOf('?') >= 0 || path.indexOf('#') >= 0;
    }

    static boolean isAboutHttp(Condition condition) {
        return switch (condition) {
            case Condition.Port port -> false;
            case Condition.Sni sni -> false;
            case Condition.Method method -> true;
            case Condition.Path path -> true;
            case Condition.PathPrefix prefix -> true;
        };
    }
}
