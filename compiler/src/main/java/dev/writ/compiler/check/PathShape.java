package dev.writ.compiler.check;

import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Action;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import dev.writ.compiler.syntax.SpiffeTemplate.Literal;
import dev.writ.compiler.syntax.SpiffeTemplate.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The paths that a template can give: its literals as they stand, and for each action one or more characters other than the
 * slash (values of labels hold none).
 *
 * <p>With {@code /ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}}, what starts with {@code /ns/a/sa} goes on with a slash: the
 * namespace is {@code a}. What starts with {@code /ns/a} may go on with {@code -2}: there the prefix ends inside a value.
 */
record PathShape(SpiffeTemplate template) {

    /** Where a prefix of a path ends in the template. */
    sealed interface End {}

    /** No path of the template starts with the prefix. */
    record Nowhere() implements End {}

    /** Every path that starts with the prefix goes on in the same way, or with a value from its beginning. */
    record AtBoundary() implements End {}

    /**
     * Inside the value of an action.
     *
     * @param begun the part of the value that the prefix has
     * @param next the literal behind the action; empty where there is none
     */
    record InsideValue(Action action, String begun, String next) implements End {}

    private record Position(int part, int at) {}

    /** Whether the template can give this path, no more and no less. */
    boolean gives(String path) {
        Deque<Position> open = new ArrayDeque<>();
        Set<Position> seen = new HashSet<>();
        open.add(new Position(0, 0));
        while (!open.isEmpty()) {
            Position position = open.remove();
            if (position.part() == template.parts().size()) {
                if (position.at() == path.length()) {
                    return true;
                }
            } else if (seen.add(position)) {
                switch (template.parts().get(position.part())) {
                    case Literal literal -> literal(literal, position, path).ifPresent(open::add);
                    case Action action -> {
                        int at = position.at();
                        while (at < path.length() && path.charAt(at) != '/') {
                            at++;
                            open.add(new Position(position.part() + 1, at));
                        }
                    }
                }
            }
        }
        return false;
    }

    /** Whether each of its actions is a variable or a label, whose values hold no slash: then the shape is the whole truth. */
    boolean isPlain() {
        return template.parts().stream().allMatch(part -> switch (part) {
            case Literal literal -> true;
            case Action action ->
                action.expression() instanceof Field
                        || action.expression() instanceof Call call && call.function() == Function.LABEL;
        });
    }

    End endOf(String prefix) {
        Deque<Position> open = new ArrayDeque<>();
        Set<Position> seen = new HashSet<>();
        open.add(new Position(0, 0));
        End found = new Nowhere();
        while (!open.isEmpty()) {
            Position position = open.remove();
            if (!seen.add(position)) {
                continue;
            }
            if (position.at() == prefix.length()) {
                found = new AtBoundary();
            } else if (position.part() < template.parts().size()) {
                Optional<InsideValue> inside = switch (template.parts().get(position.part())) {
                    case Literal literal -> {
                        if (literal.value().startsWith(prefix.substring(position.at()))) {
                            found = new AtBoundary();
                        }
                        literal(literal, position, prefix).ifPresent(open::add);
                        yield Optional.empty();
                    }
                    case Action action -> action(action, position, prefix, open);
                };
                if (inside.isPresent()) {
                    return inside.get();
                }
            }
        }
        return found;
    }

    private static Optional<Position> literal(Literal literal, Position position, String prefix) {
        return prefix.startsWith(literal.value(), position.at())
                ? Optional.of(new Position(
                        position.part() + 1, position.at() + literal.value().length()))
                : Optional.empty();
    }

    private Optional<InsideValue> action(Action action, Position position, String prefix, Deque<Position> open) {
        int at = position.at();
        while (at < prefix.length() && prefix.charAt(at) != '/') {
            at++;
            if (at < prefix.length()) {
                open.add(new Position(position.part() + 1, at));
            }
        }
        boolean isInside = at == prefix.length() && at > position.at();
        return isInside
                ? Optional.of(new InsideValue(action, prefix.substring(position.at()), literalBehind(position.part())))
                : Optional.empty();
    }

    private String literalBehind(int part) {
        if (part + 1 == template.parts().size()) {
            return "";
        }
        Part next = template.parts().get(part + 1);
        return next instanceof Literal literal ? literal.value() : "";
    }
}
