package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.List;
import java.util.stream.Stream;

/**
 * A SPIFFE ID template, the part of Go's {@code text/template} that Kuma's templates use: text, fields, {@code label},
 * {@code print}, {@code printf}, {@code println}, string and number literals, pipes, parentheses, comments, trim markers.
 */
public record SpiffeTemplate(SourceText text, List<Part> parts) {
    public SpiffeTemplate {
        parts = List.copyOf(parts);
    }

    /** All expressions of all actions, each before those inside it. */
    public Stream<Expression> expressions() {
        return parts.stream().flatMap(part -> switch (part) {
            case Literal literal -> Stream.empty();
            case Action action -> withInner(action.expression());
        });
    }

    private static Stream<Expression> withInner(Expression expression) {
        return switch (expression) {
            case Field field -> Stream.of(field);
            case StringLiteral string -> Stream.of(string);
            case NumberLiteral number -> Stream.of(number);
            case Call call ->
                Stream.concat(Stream.of(call), call.arguments().stream().flatMap(SpiffeTemplate::withInner));
        };
    }

    /** A stretch of a template, in its order. */
    public sealed interface Part {
        SourceSpan span();
    }

    /** Literal text, trim markers already applied. */
    public record Literal(SourceText text) implements Part {
        public String value() {
            return text.value();
        }

        @Override
        public SourceSpan span() {
            return text.span();
        }
    }

    /** {@code {{ … }}}: its value is printed. */
    public record Action(Expression expression, SourceSpan span) implements Part {}

    public sealed interface Expression {
        SourceSpan span();
    }

    /** {@code .Name}; the bare dot is the empty name. In a ClusterSPIFFEID it may be a path: {@code PodMeta.Namespace}. */
    public record Field(String name, SourceSpan span) implements Expression {}

    public record StringLiteral(String value, SourceSpan span) implements Expression {}

    /** A whole number, as written. */
    public record NumberLiteral(long value, SourceSpan span) implements Expression {}

    /** {@code label}, {@code index}, {@code print}, {@code printf} or {@code println}; a pipe's value is its last argument. */
    public record Call(Function function, List<Expression> arguments, SourceSpan span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    public enum Function {
        /** Only a ClusterSPIFFEID's: a value of a map, {@code index .PodMeta.Labels "app"}. */
        INDEX,
        LABEL,
        PRINT,
        PRINTF,
        PRINTLN
    }
}
