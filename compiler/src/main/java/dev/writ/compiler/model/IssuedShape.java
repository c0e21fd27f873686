package dev.writ.compiler.model;

import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Action;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Expression;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import dev.writ.compiler.syntax.SpiffeTemplate.Literal;
import dev.writ.compiler.syntax.SpiffeTemplate.NumberLiteral;
import dev.writ.compiler.syntax.SpiffeTemplate.StringLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The paths that a template can issue, segment by segment. A variable never holds a slash: names and label values have none.
 *
 * @param segments each a row of literal texts, with nothing for a variable
 */
public record IssuedShape(List<List<Optional<String>>> segments) {

    /** That of a path template; empty if it computes ({@code printf} and the like), so that its segments cannot be told. */
    public static Optional<IssuedShape> of(SpiffeTemplate path, String trustDomain) {
        List<List<Optional<String>>> segments = new ArrayList<>();
        for (SpiffeTemplate.Part part : path.parts()) {
            Optional<Optional<String>> text = switch (part) {
                case Literal literal -> Optional.of(Optional.of(literal.value()));
                case Action action -> printed(action.expression(), trustDomain);
            };
            if (text.isEmpty()) {
                return Optional.empty();
            }
            add(text.get(), segments);
        }
        boolean isPath = !segments.isEmpty() && segments.getFirst().equals(List.of(Optional.of("")));
        return isPath ? Optional.of(new IssuedShape(segments.subList(1, segments.size()))) : Optional.empty();
    }

    /** The text, nothing for a variable; empty if that cannot be told. */
    private static Optional<Optional<String>> printed(Expression expression, String trustDomain) {
        return switch (expression) {
            case Field field ->
                Optional.of(field.name().equals("TrustDomain") ? Optional.of(trustDomain) : Optional.empty());
            case StringLiteral string -> Optional.of(Optional.of(string.value()));
            case NumberLiteral number -> Optional.empty();
            case Call call -> call.function() == Function.LABEL ? Optional.of(Optional.empty()) : Optional.empty();
        };
    }

    private static void add(Optional<String> text, List<List<Optional<String>>> segments) {
        if (segments.isEmpty()) {
            segments.add(new ArrayList<>());
        }
        if (text.isEmpty()) {
            segments.getLast().add(text);
            return;
        }
        String[] parts = text.get().split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                segments.add(new ArrayList<>());
            }
            if (!parts[i].isEmpty() || segments.size() == 1) {
                segments.getLast().add(Optional.of(parts[i]));
            }
        }
    }

    /** Whether a path with these first segments, and more after them, can be issued. */
    public boolean reachesBelow(List<String> first) {
        if (segments.size() <= first.size()) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            String regex = segments.get(i).stream()
                    .map(text -> text.map(Pattern::quote).orElse("[^/]*"))
                    .collect(Collectors.joining());
            if (!first.get(i).matches(regex)) {
                return false;
            }
        }
        return true;
    }

    /** The literal text with which a segment begins; empty where it begins with a variable. */
    public String beginningOf(int segment) {
        StringBuilder literal = new StringBuilder();
        for (Optional<String> text : segments.get(segment)) {
            if (text.isEmpty()) {
                break;
            }
            literal.append(text.get());
        }
        return literal.toString();
    }
}
