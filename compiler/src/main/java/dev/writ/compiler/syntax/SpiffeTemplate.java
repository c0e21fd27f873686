package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.List;

/**
 * A SPIFFE ID template, the part of Go's {@code text/template} that Kuma's templates use: text, fields, {@code label},
 * {@code print}, {@code printf}, {@code println}, string and number literals, pipes, parentheses, comments, trim markers.
 */
public record SpiffeTemplate(SourceText text, List<Part> parts) {
    public SpiffeTemplate {
        parts = List.copyOf(parts);
    }

    public sealed interface Part {}

    /** Literal text, trim markers already applied. */
    public record Literal(String value, SourceSpan span) implements Part {}

    /** {@code {{ … }}}: its value is printed. */
    public record Action(Expression expression, SourceSpan span) implements Part {}

    public sealed interface Expression {
        SourceSpan span();
    }

    /** {@code .Name}; the bare dot is the empty name. */
    public record Field(String name, SourceSpan span) implements Expression {}

    public record StringLiteral(String value, SourceSpan span) implements Expression {}

    /** A whole number, as written. */
    public record NumberLiteral(long value, SourceSpan span) implements Expression {}

    /** {@code label}, {@code print}, {@code printf} or {@code println}; a pipe's value is its last argument. */
    public record Call(Function function, List<Expression> arguments, SourceSpan span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    public enum Function {
        LABEL,
        PRINT,
        PRINTF,
        PRINTLN
    }
}
