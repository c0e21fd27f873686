package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SpiffeTemplate.Action;
import dev.writ.compiler.syntax.SpiffeTemplate.Literal;
import dev.writ.compiler.syntax.SpiffeTemplate.Part;
import dev.writ.grammar.SpiffeTemplateGrammar;
import dev.writ.grammar.SpiffeTemplateGrammar.ActionPartContext;
import dev.writ.grammar.SpiffeTemplateGrammar.PartContext;
import dev.writ.grammar.SpiffeTemplateGrammar.TextPartContext;
import dev.writ.grammar.SpiffeTemplateLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Parses a SPIFFE ID template, the language of Go's {@code text/template} as far as Kuma's templates and those of SPIRE's
 * controller manager use it.
 *
 * <p>What Go has and templates of IDs have no use for (control structures, variables, other functions) is refused by name.
 * Calls are checked here, for the types of all expressions are known: Go finds such mistakes only when it executes.
 */
public final class SpiffeTemplateParser {
    /** More parentheses and pipes in one action than anyone writes; a limit keeps the parser's stack bounded. */
    private static final int MOST_NESTING = 100;

    private static final IntervalSet ACTION_ENDS = new IntervalSet(
            SpiffeTemplateLexer.CLOSE,
            SpiffeTemplateLexer.CLOSE_TRIM,
            SpiffeTemplateLexer.COMMENT_CLOSE,
            SpiffeTemplateLexer.COMMENT_CLOSE_TRIM,
            Token.EOF);

    private final AntlrText text;
    private final DiagnosticSink sink;
    private final TemplateActions actions;
    private final List<Part> parts = new ArrayList<>();
    private boolean isBroken;

    private SpiffeTemplateParser(SourceText source, TemplateDialect dialect, DiagnosticSink sink) {
        this.text = new AntlrText(source);
        this.sink = sink;
        this.actions = new TemplateActions(text, dialect, sink);
    }

    /** A MeshIdentity's template, or nothing where it is malformed: then every malformed action has been reported. */
    public static Optional<SpiffeTemplate> parse(SourceText source, DiagnosticSink sink) {
        return new SpiffeTemplateParser(source, TemplateDialect.KUMA, sink).parse();
    }

    /**
     * A template of a ClusterSPIFFEID; nothing where it is malformed. Its fields have paths, {@code PodMeta.Namespace}, and
     * {@code index} stands where {@code label} does in the other.
     */
    public static Optional<SpiffeTemplate> parseRegistration(SourceText source, DiagnosticSink sink) {
        return new SpiffeTemplateParser(source, TemplateDialect.SPIRE, sink).parse();
    }

    private Optional<SpiffeTemplate> parse() {
        SpiffeTemplateLexer lexer = new SpiffeTemplateLexer(text.stream());
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        if (isTooNested(tokens.getTokens())) {
            return Optional.empty();
        }
        SpiffeTemplateGrammar grammar = new SpiffeTemplateGrammar(tokens);
        grammar.removeErrorListeners();
        TemplateMistakes mistakes = new TemplateMistakes(text, sink);
        grammar.setErrorHandler(new RegionRecovery(SpiffeTemplateGrammar.RULE_part, ACTION_ENDS, mistakes));
        addParts(grammar.template().part(), mistakes);
        return isBroken ? Optional.empty() : Optional.of(new SpiffeTemplate(text.text(), parts));
    }

    private boolean isTooNested(List<Token> tokens) {
        int nesting = 0;
        for (Token token : tokens) {
            int type = token.getType();
            if (type == SpiffeTemplateLexer.OPEN || type == SpiffeTemplateLexer.OPEN_TRIM) {
                nesting = 0;
            } else if (type == SpiffeTemplateLexer.LEFT_PAREN || type == SpiffeTemplateLexer.PIPE) {
                if (++nesting > MOST_NESTING) {
                    sink.add(
                            DiagnosticId.TEMPLATE_SYNTAX,
                            text.span(token),
                            "an action with more than " + MOST_NESTING + " parentheses and pipes");
                    return true;
                }
            }
        }
        return false;
    }

    private void addParts(List<PartContext> contexts, TemplateMistakes mistakes) {
        boolean trimNext = false;
        int at = 0;
        while (at < contexts.size()) {
            int first = at;
            while (at < contexts.size() && contexts.get(at) instanceof TextPartContext) {
                at++;
            }
            boolean trimLast =
                    at < contexts.size() && isTrimming(contexts.get(at).getStart());
            if (at > first) {
                addLiteral(contexts.get(first).getStart(), contexts.get(at - 1).getStop(), trimNext, trimLast);
            }
            if (at < contexts.size()) {
                PartContext part = contexts.get(at++);
                addAction(part, mistakes);
                trimNext = part.getStop() != null && isTrimming(part.getStop());
            }
        }
    }

    private void addLiteral(Token first, Token last, boolean trimStart, boolean trimEnd) {
        String value = text.text().value();
        int start = text.start(first);
        int end = text.end(last);
        while (trimStart && start < end && isSpace(value.charAt(start))) {
            start++;
        }
        while (trimEnd && start < end && isSpace(value.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            parts.add(new Literal(text.text().slice(start, end)));
        }
    }

    private void addAction(PartContext part, TemplateMistakes mistakes) {
        if (mistakes.isIn(part)) {
            isBroken = true;
        } else if (part instanceof ActionPartContext action) {
            actions.expression(action.actionBody())
                    .ifPresentOrElse(
                            expression -> parts.add(new Action(expression, text.span(action))), () -> isBroken = true);
        }
    }

    private static boolean isTrimming(Token token) {
        return switch (token.getType()) {
            case SpiffeTemplateLexer.OPEN_TRIM,
                    SpiffeTemplateLexer.COMMENT_OPEN_TRIM,
                    SpiffeTemplateLexer.CLOSE_TRIM,
                    SpiffeTemplateLexer.COMMENT_CLOSE_TRIM -> true;
            default -> false;
        };
    }

    // The characters that Go's trim markers remove.
    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
