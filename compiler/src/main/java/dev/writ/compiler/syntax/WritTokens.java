package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.grammar.WritLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a Writ text into tokens whose braces are balanced: a block that is not closed ends before the next declaration, which starts
 * its line, and a brace that closes nothing is left out. Both are reported.
 */
final class WritTokens {
    /** More than any block needs; a limit keeps the parser's stack bounded. */
    static final int MOST_NESTING = 16;

    private static final String TYPOGRAPHIC_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb";

    private final AntlrText text;
    private final boolean hasBlocks;
    private final DiagnosticSink sink;
    private List<Token> balanced = new ArrayList<>();
    private final Deque<Token> open = new ArrayDeque<>();
    private int strayLine = -1;

    private WritTokens(AntlrText text, boolean hasBlocks, DiagnosticSink sink) {
        this.text = text;
        this.hasBlocks = hasBlocks;
        this.sink = sink;
    }

    /** The tokens of a file; none, with a finding, if it cannot be parsed at all. */
    static CommonTokenStream ofFile(AntlrText text, DiagnosticSink sink) {
        return new WritTokens(text, true, sink).stream();
    }

    /** Those of a text of rules, which has no blocks: the first brace is a finding anyway. */
    static CommonTokenStream ofRules(AntlrText text, DiagnosticSink sink) {
        return new WritTokens(text, false, sink).stream();
    }

    private CommonTokenStream stream() {
        WritLexer lexer = new WritLexer(text.stream());
        lexer.removeErrorListeners();
        List<Token> all = new ArrayList<>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            all.add(token);
            refuseTypographicQuote(token);
        }
        if (isBalanced(all)) {
            balanced = all;
        } else {
            balance(all);
        }
        return new CommonTokenStream(
                new ListTokenSource(balanced, text.text().span().file().name()));
    }

    /** What a word processor makes of a quote would be part of a name, and match nothing. */
    private void refuseTypographicQuote(Token token) {
        if (token.getType() == WritLexer.WORD
                && TYPOGRAPHIC_QUOTES.indexOf(text.text().value().charAt(text.start(token))) >= 0) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    text.span(token),
                    "a typographic quote",
                    "texts stand in straight double quotes, `\"`");
        }
    }

    // Only where a brace is missing the layout is looked at.
    private static boolean isBalanced(List<Token> tokens) {
        int depth = 0;
        for (Token token : tokens) {
            int type = token.getType();
            depth += type == WritLexer.LEFT_BRACE ? 1 : type == WritLexer.RIGHT_BRACE ? -1 : 0;
            if (depth < 0 || depth > MOST_NESTING || type == WritLexer.UNCLOSED_TEXT) {
                return false;
            }
        }
        return depth == 0;
    }

    private void balance(List<Token> all) {
        for (Token token : all) {
            switch (token.getType()) {
                case WritLexer.LEFT_BRACE -> {
                    open.push(token);
                    if (open.size() > MOST_NESTING) {
                        sink.add(
                                DiagnosticId.WRIT_SYNTAX,
                                text.span(token),
                                "blocks nested deeper than " + MOST_NESTING + " levels");
                        balanced.clear();
                        return;
                    }
                }
                case WritLexer.RIGHT_BRACE -> {
                    if (open.isEmpty()) {
                        // Of several in a line the first is said.
                        if (token.getLine() != strayLine) {
                            sink.add(DiagnosticId.WRIT_SYNTAX, text.span(token), "a `}` that closes no block");
                        }
                        strayLine = token.getLine();
                        continue;
                    }
                    open.pop();
                }
                case WritLexer.UNCLOSED_TEXT -> {
                    sink.add(DiagnosticId.WRIT_SYNTAX, text.span(token), "a text that no `\"\"\"` closes");
                    closeAll(token);
                    return;
                }
                default -> {
                    if (!open.isEmpty() && startsDeclaration(token)) {
                        reportUnclosed(token);
                        closeAll(token);
                    }
                }
            }
            balanced.add(token);
        }
        if (!open.isEmpty()) {
            Token last = balanced.getLast();
            reportUnclosed(null);
            closeAll(last);
        }
    }

    /** Entries of a block are indented; what is not, and could start a declaration, does. */
    static boolean startsDeclaration(Token token) {
        return token.getCharPositionInLine() == 0
                && switch (token.getType()) {
                    case WritLexer.INCLUDE,
                            WritLexer.MESH,
                            WritLexer.IDENTITY,
                            WritLexer.TRUST,
                            WritLexer.WORKLOAD,
                            WritLexer.GROUP,
                            WritLexer.PERMISSION -> true;
                    default -> false;
                };
    }

    private void reportUnclosed(@Nullable Token next) {
        if (!hasBlocks) {
            return;
        }
        Diagnostic finding =
                Diagnostic.of(DiagnosticId.WRIT_SYNTAX, text.span(open.getLast()), "a block that no `}` closes");
        sink.add(next == null ? finding : finding.withRelated(text.span(next), "the next declaration starts here"));
    }

    private void closeAll(Token at) {
        while (!open.isEmpty()) {
            open.pop();
            CommonToken close = new CommonToken(WritLexer.RIGHT_BRACE, "}");
            close.setStartIndex(at.getStartIndex());
            close.setStopIndex(at.getStartIndex() - 1);
            close.setLine(at.getLine());
            close.setCharPositionInLine(at.getCharPositionInLine());
            balanced.add(close);
        }
    }
}
