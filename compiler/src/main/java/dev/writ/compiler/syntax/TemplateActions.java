package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Expression;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import dev.writ.compiler.syntax.SpiffeTemplate.NumberLiteral;
import dev.writ.compiler.syntax.SpiffeTemplate.StringLiteral;
import dev.writ.grammar.SpiffeTemplateGrammar.ActionBodyContext;
import dev.writ.grammar.SpiffeTemplateGrammar.CharacterTermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.CommandContext;
import dev.writ.grammar.SpiffeTemplateGrammar.DotTermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.FieldTermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.GroupTermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.KeywordBodyContext;
import dev.writ.grammar.SpiffeTemplateGrammar.NameTermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.NumberTermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.OperandContext;
import dev.writ.grammar.SpiffeTemplateGrammar.PipelineBodyContext;
import dev.writ.grammar.SpiffeTemplateGrammar.PipelineContext;
import dev.writ.grammar.SpiffeTemplateGrammar.RawStringTermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.StringTermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.TermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.VariableBodyContext;
import dev.writ.grammar.SpiffeTemplateGrammar.VariableTermContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Turns the parse tree of an action into an {@link Expression}; what is wrong with it is reported and gives nothing. */
final class TemplateActions {
    /** Go's other functions and constants: {@code text/template/funcs.go}, {@code parse/lex.go}. */
    private static final List<String> UNSUPPORTED = List.of(
            "and",
            "call",
            "eq",
            "false",
            "ge",
            "gt",
            "html",
            "index",
            "js",
            "le",
            "len",
            "lt",
            "ne",
            "nil",
            "not",
            "or",
            "slice",
            "true",
            "urlquery");

    private final AntlrText text;
    private final TemplateDialect dialect;
    private final DiagnosticSink sink;
    private boolean isInBlock;

    TemplateActions(AntlrText text, TemplateDialect dialect, DiagnosticSink sink) {
        this.text = text;
        this.dialect = dialect;
        this.sink = sink;
    }

    Optional<Expression> expression(ActionBodyContext body) {
        return switch (body) {
            case PipelineBodyContext pipeline -> Optional.ofNullable(pipeline(pipeline.pipeline()));
            case KeywordBodyContext keyword -> keyword(keyword.KEYWORD().getSymbol());
            case VariableBodyContext variable ->
                Optional.ofNullable(variable(variable.VARIABLE().getSymbol()));
            default -> throw new IllegalStateException("an alternative of the grammar is not handled: " + body);
        };
    }

    // The `else` and `end` of a block that was refused are not one more mistake each.
    private Optional<Expression> keyword(Token keyword) {
        boolean closes = keyword.getText().equals("end") || keyword.getText().equals("else");
        if (!(closes && isInBlock)) {
            unsupported(keyword);
        }
        isInBlock = true;
        return Optional.empty();
    }

    private @Nullable Expression variable(Token variable) {
        return fault(
                text.span(variable),
                "variables such as `" + variable.getText() + "` are not supported",
                dialect.supported());
    }

    private @Nullable Expression unsupported(Token name) {
        return fault(
                text.span(name), "`" + name.getText() + "` of Go's templates is not supported", dialect.supported());
    }

    private @Nullable Expression pipeline(PipelineContext pipeline) {
        Expression value = null;
        for (CommandContext command : pipeline.command()) {
            value = command(command, value);
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    private @Nullable Expression command(CommandContext command, @Nullable Expression piped) {
        List<OperandContext> operands = command.operand();
        OperandContext first = operands.getFirst();
        List<Expression> arguments = new ArrayList<>();
        for (OperandContext operand : operands.subList(1, operands.size())) {
            Expression argument = operand(operand);
            if (argument == null) {
                return null;
            }
            arguments.add(argument);
        }
        if (first.FIELD().isEmpty() && first.term() instanceof NameTermContext name) {
            if (piped != null) {
                arguments.add(piped);
            }
            return call(name.NAME().getSymbol(), arguments, text.span(command.getStart(), lastToken(operands)));
        }
        Expression value = operand(first);
        if (value == null || piped == null && arguments.isEmpty()) {
            return value;
        }
        String why = piped != null ? "a pipe leads to a function" : "only a function takes arguments";
        return fault(
                value.span(),
                why + ", `" + value.span().text() + "` is none",
                "values are put together with `print`: `print .A \"-\" .B`");
    }

    private static Token lastToken(List<OperandContext> operands) {
        return operands.getLast().getStop();
    }

    private @Nullable Expression operand(OperandContext operand) {
        Expression value = term(operand.term());
        if (value == null || operand.FIELD().isEmpty()) {
            return value;
        }
        if (dialect.hasPaths() && value instanceof Field first && !first.name().isEmpty()) {
            return new Field(operand.getText().substring(1), text.span(operand));
        }
        Token field = operand.FIELD().getFirst().getSymbol();
        return fault(
                text.span(field),
                "`" + operand.term().getText() + "` is a text and has no field `" + field.getText() + "`",
                "a space separates two arguments; a label is read with `label \"…\"`");
    }

    private @Nullable Expression term(TermContext term) {
        SourceSpan span = text.span(term);
        SourceText literal = text.slice(term.getStart(), term.getStop());
        return switch (term) {
            case FieldTermContext field -> new Field(field.getText().substring(1), span);
            case DotTermContext dot -> new Field("", span);
            case NameTermContext name -> call(name.NAME().getSymbol(), List.of(), span);
            case StringTermContext string ->
                GoLiterals.quoted(literal, sink)
                        .map(value -> new StringLiteral(value, span))
                        .orElse(null);
            case RawStringTermContext raw -> new StringLiteral(GoLiterals.raw(literal), span);
            case NumberTermContext number ->
                GoLiterals.integer(literal, sink)
                        .map(value -> new NumberLiteral(value, span))
                        .orElse(null);
            case CharacterTermContext character ->
                GoLiterals.character(literal, sink)
                        .map(value -> new NumberLiteral(value, span))
                        .orElse(null);
            case VariableTermContext variable -> variable(variable.VARIABLE().getSymbol());
            case GroupTermContext group -> pipeline(group.pipeline());
            default -> throw new IllegalStateException("an alternative of the grammar is not handled: " + term);
        };
    }

    private @Nullable Expression call(Token name, List<Expression> arguments, SourceSpan span) {
        Optional<Function> function = dialect.function(name.getText());
        if (function.isEmpty()) {
            return UNSUPPORTED.contains(name.getText())
                    ? unsupported(name)
                    : fault(text.span(name), "unknown function `" + name.getText() + "`", adviceOn(name.getText()));
        }
        return isWellCalled(function.get(), name, arguments) ? new Call(function.get(), arguments, span) : null;
    }

    private String adviceOn(String name) {
        return NearName.of(name, dialect.variables())
                .map(variable -> "did you mean `." + variable + "`?")
                .or(() -> NearName.help(name, dialect.functionNames()))
                .orElse(dialect.supported());
    }

    // Go: label is func(string) (string, error), printf is func(string, ...any) string.
    private boolean isWellCalled(Function function, Token name, List<Expression> arguments) {
        switch (function) {
            case LABEL -> {
                if (arguments.size() != 1) {
                    fault(
                            text.span(name),
                            "`label` takes the name of one label, not " + arguments.size(),
                            "write `label \"app\"`");
                    return false;
                }
                return isText(arguments.getFirst(), "the name of a label");
            }
            case INDEX -> {
                if (arguments.size() != 2 || !(arguments.getFirst() instanceof Field)) {
                    fault(
                            text.span(name),
                            "`index` takes labels or annotations and a key",
                            "write `index .PodMeta.Labels \"app\"`");
                    return false;
                }
                return isText(arguments.getLast(), "a key");
            }
            case PRINTF -> {
                if (arguments.isEmpty()) {
                    fault(text.span(name), "`printf` takes a format first", "write `printf \"%s-%s\" .A .B`");
                    return false;
                }
                return isText(arguments.getFirst(), "a format");
            }
            case PRINT, PRINTLN -> {
                return true;
            }
        }
        throw new IllegalStateException("a function is not handled: " + function);
    }

    private boolean isText(Expression argument, String role) {
        return switch (argument) {
            case NumberLiteral number -> isNoText(number, role);
            case Field field -> !field.name().isEmpty() || isNoText(field, role);
            case StringLiteral string -> true;
            case Call call -> true;
        };
    }

    private boolean isNoText(Expression argument, String role) {
        fault(argument.span(), role + " is a text, `" + argument.span().text() + "` is none", null);
        return false;
    }

    private @Nullable Expression fault(SourceSpan span, String message, @Nullable String help) {
        sink.add(DiagnosticId.TEMPLATE_SYNTAX, span, message, help);
        return null;
    }
}
