package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.grammar.SpiffeTemplateGrammar.GroupTermContext;
import dev.writ.grammar.SpiffeTemplateGrammar.PartContext;
import dev.writ.grammar.SpiffeTemplateLexer;
import java.util.HashSet;
import java.util.Set;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with an action that does not follow the grammar, in the words of its author, and remembers which. */
final class TemplateMistakes implements RegionRecovery.Explanation {
    private static final IntervalSet OPERANDS = new IntervalSet(
            SpiffeTemplateLexer.FIELD,
            SpiffeTemplateLexer.DOT,
            SpiffeTemplateLexer.NAME,
            SpiffeTemplateLexer.VARIABLE,
            SpiffeTemplateLexer.NUMBER,
            SpiffeTemplateLexer.CHARACTER,
            SpiffeTemplateLexer.STRING,
            SpiffeTemplateLexer.RAW_STRING,
            SpiffeTemplateLexer.LEFT_PAREN);

    private final AntlrText text;
    private final DiagnosticSink sink;
    private final Set<PartContext> broken = new HashSet<>();

    TemplateMistakes(AntlrText text, DiagnosticSink sink) {
        this.text = text;
        this.sink = sink;
    }

    boolean isIn(PartContext part) {
        return broken.contains(part);
    }

    @Override
    public void explain(Parser parser, Token offending, IntervalSet expected) {
        PartContext part = part(parser.getContext());
        broken.add(part);
        Token open = part.getStart();
        switch (offending.getType()) {
            case Token.EOF -> unclosed(open);
            case SpiffeTemplateLexer.COMMENT_CUT ->
                report(
                        text.span(offending),
                        "a comment is an action of its own: its `*/` stands right before `}}`",
                        null);
            case SpiffeTemplateLexer.UNCLOSED_STRING, SpiffeTemplateLexer.UNCLOSED_CHARACTER ->
                unclosedText(offending, "on its line");
            case SpiffeTemplateLexer.UNCLOSED_RAW_STRING -> unclosedText(offending, "anywhere after it");
            case SpiffeTemplateLexer.CLOSE, SpiffeTemplateLexer.CLOSE_TRIM -> closedTooEarly(parser, open, offending);
            case SpiffeTemplateLexer.RIGHT_PAREN ->
                report(text.span(offending), "a `)` that closes no `(`, or closes one with nothing in it", null);
            default -> unexpected(parser.getTokenStream().LT(-1), offending);
        }
    }

    private static PartContext part(@Nullable ParserRuleContext context) {
        ParserRuleContext at = context;
        while (at != null && !(at instanceof PartContext)) {
            at = at.getParent();
        }
        if (at instanceof PartContext part) {
            return part;
        }
        throw new IllegalStateException("a mistake outside all actions");
    }

    private void unclosed(Token open) {
        boolean isComment = open.getType() == SpiffeTemplateLexer.COMMENT_OPEN
                || open.getType() == SpiffeTemplateLexer.COMMENT_OPEN_TRIM;
        String message = isComment ? "a comment that no `*/}}` closes" : "an action that no `}}` closes";
        report(text.text().span(text.start(open), text.start(open) + 2), message, null);
    }

    private void unclosedText(Token token, String where) {
        String value = token.getText();
        int close = value.indexOf("}}");
        int length =
                (close < 0 ? value : value.substring(0, close)).stripTrailing().length();
        String quote = value.substring(0, 1);
        // A back quote is written as a word: messages put user text between back quotes.
        String name = quote.equals("`") ? "back quote" : "`" + quote + "`";
        report(
                text.text().span(text.start(token), text.start(token) + length),
                "a text that no " + name + " closes " + where,
                null);
    }

    private void closedTooEarly(Parser parser, Token open, Token close) {
        for (ParserRuleContext at = parser.getContext(); at != null; at = at.getParent()) {
            if (at instanceof GroupTermContext group && group.LEFT_PAREN() != null) {
                report(text.span(group.LEFT_PAREN().getSymbol()), "a `(` that no `)` closes", null);
                return;
            }
        }
        report(text.span(open, close), "an empty action", "write a variable, a text or a function between the braces");
    }

    private void unexpected(Token before, Token token) {
        String value = token.getText();
        boolean isMissingSpace = OPERANDS.contains(token.getType())
                && (OPERANDS.contains(before.getType()) || before.getType() == SpiffeTemplateLexer.RIGHT_PAREN);
        if (isMissingSpace) {
            report(text.span(token), "a space is missing before `" + value + "`", null);
        } else {
            report(text.span(token), "unexpected `" + value + "` in an action", adviceOn(value));
        }
    }

    private static @Nullable String adviceOn(String value) {
        return switch (value) {
            case "}", "{" -> "an action stands between `{{` and `}}`";
            case "," -> "spaces separate the arguments of a function";
            case "-" -> "names hold letters, digits and `_`; other labels are read with `label \"…\"`";
            case "“", "”", "‘", "’" -> "texts stand between straight quotes: `\"`";
            default -> null;
        };
    }

    private void report(SourceSpan span, String message, @Nullable String help) {
        sink.add(DiagnosticId.TEMPLATE_SYNTAX, span, message, help);
    }
}
