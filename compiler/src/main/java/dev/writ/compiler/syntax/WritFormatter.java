package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.WritLines.Kind;
import dev.writ.grammar.WritGrammar;
import dev.writ.grammar.WritGrammar.BlockContext;
import dev.writ.grammar.WritGrammar.DeclarationContext;
import dev.writ.grammar.WritGrammar.EntryContext;
import dev.writ.grammar.WritGrammar.IncludeDeclarationContext;
import dev.writ.grammar.WritLexer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;

/**
 * Writes Writ in its one layout: an entry to a line, two spaces for each block around it, one space between words, a blank line
 * between declarations and at most one elsewhere, label values in quotes. Comments stay where they are; a block inside a block stays on
 * one line if it was.
 */
public final class WritFormatter {
    private final CommonTokenStream tokens;
    private final Map<Integer, Kind> starts = new HashMap<>();
    /** The braces that open a block on one line. */
    private final BitSet inline = new BitSet();

    private WritFormatter(CommonTokenStream tokens) {
        this.tokens = tokens;
    }

    /** A file formatted; nothing, with findings, where it does not parse. */
    public static Optional<String> formatFile(SourceText text, DiagnosticSink sink) {
        DiagnosticSink found = new DiagnosticSink();
        WritParser.parse(text, found);
        return format(text, found, sink, true);
    }

    /** A text of nothing but rules formatted; nothing, with findings, where it does not parse. */
    public static Optional<String> formatRules(SourceText text, DiagnosticSink sink) {
        DiagnosticSink found = new DiagnosticSink();
        WritRulesParser.parse(text, found);
        return format(text, found, sink, false);
    }

    private static Optional<String> format(SourceText text, DiagnosticSink found, DiagnosticSink sink, boolean isFile) {
        found.sorted().forEach(sink::add);
        if (found.hasErrors()) {
            return Optional.empty();
        }
        AntlrText source = new AntlrText(text);
        DiagnosticSink none = new DiagnosticSink();
        CommonTokenStream tokens = isFile ? WritTokens.ofFile(source, none) : WritTokens.ofRules(source, none);
        WritGrammar grammar = WritTree.parser(tokens, new WritMistakes(source, none));
        WritFormatter formatter = new WritFormatter(tokens);
        formatter.note(isFile ? grammar.file() : grammar.rules(), 0);
        return Optional.of(formatter.write());
    }

    // Blocks are nested a few levels at most, so that this does not run deep.
    private void note(ParserRuleContext context, int blocks) {
        boolean isBlock = context instanceof BlockContext;
        int start = context.getStart().getTokenIndex();
        if (context instanceof EntryContext) {
            starts.put(start, Kind.ENTRY);
        } else if (context instanceof DeclarationContext) {
            starts.put(start, context instanceof IncludeDeclarationContext ? Kind.INCLUDE : Kind.DECLARATION);
        } else if (context instanceof BlockContext block
                && (blocks > 0 || block.entry().isEmpty())
                && isOnOneLine(block)) {
            inline.set(start);
        }
        for (ParseTree child : context.children == null ? List.<ParseTree>of() : context.children) {
            if (child instanceof ParserRuleContext inner) {
                note(inner, blocks + (isBlock ? 1 : 0));
            }
        }
    }

    private boolean isOnOneLine(ParserRuleContext block) {
        for (int i = block.getStart().getTokenIndex(); i <= block.getStop().getTokenIndex(); i++) {
            int type = tokens.get(i).getType();
            if (type == WritLexer.NEWLINE || type == WritLexer.COMMENT) {
                return false;
            }
        }
        return true;
    }

    private String write() {
        WritLines lines = new WritLines();
        int before = Token.EOF;
        for (Token token : tokens.getTokens()) {
            int type = token.getType();
            int index = token.getTokenIndex();
            switch (type) {
                case Token.EOF -> {}
                case WritLexer.NEWLINE -> lines.lineEnd();
                case WritLexer.COMMENT -> lines.comment(token.getText().stripTrailing());
                case WritLexer.LEFT_BRACE -> lines.open(inline.get(index));
                case WritLexer.RIGHT_BRACE -> lines.close();
                case WritLexer.COMMA -> lines.comma();
                default -> {
                    Kind start = starts.get(index);
                    if (start == null) {
                        lines.word(before == WritLexer.EQUALS ? quoted(token) : text(token));
                    } else {
                        lines.start(text(token), start);
                    }
                }
            }
            before = type;
        }
        return lines.toText();
    }

    private static String quoted(Token token) {
        return token.getType() == WritLexer.STRING
                ? token.getText()
                : "\"" + token.getText().replace("\\", "\\\\") + "\"";
    }

    private static String text(Token token) {
        return token.getType() == WritLexer.SPIFFE_ID
                ? token.getText().replace(" ", "").replace("\t", "")
                : token.getText();
    }
}
