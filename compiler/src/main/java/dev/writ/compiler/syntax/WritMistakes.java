package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.grammar.WritGrammar.DeclarationContext;
import dev.writ.grammar.WritGrammar.EntryContext;
import dev.writ.grammar.WritLexer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a line that does not follow the grammar, and remembers which. */
final class WritMistakes {
    private static final List<String> CALLERS = List.of("prefix", "workloads", "workload", "group", "anyone");
    private static final List<String> ENDINGS =
            List.of("to", "sni", "because", "where", "and", "in", "on", "port", "zone");

    private static final int LONGEST_SHOWN = 200;

    private final AntlrText text;
    private final DiagnosticSink sink;
    private final Set<ParserRuleContext> broken = new HashSet<>();
    private final Map<ParserRuleContext, List<Token>> strays = new HashMap<>();

    WritMistakes(AntlrText text, DiagnosticSink sink) {
        this.text = text;
        this.sink = sink;
    }

    /** Whether something in this entry or declaration, outside its entries, was reported. */
    boolean isIn(ParserRuleContext context) {
        return !broken.isEmpty() && broken.contains(context);
    }

    /** Takes note of something in a list that starts none of its members: whoever reads the list says what it could have been. */
    void stray(ParserRuleContext list, Token token) {
        strays.computeIfAbsent(list, none -> new ArrayList<>()).add(token);
    }

    List<Token> straysIn(ParserRuleContext list) {
        return strays.getOrDefault(list, List.of());
    }

    /** Says what is wrong with a token, given what could have stood there. */
    void explain(Parser parser, Token offending, IntervalSet expected) {
        markBroken(parser.getContext());
        String wanted = wanted(expected, before(parser.getTokenStream(), offending));
        switch (offending.getType()) {
            case WritLexer.NEWLINE, WritLexer.RIGHT_BRACE, Token.EOF -> {
                // Nothing to underline at the end of a line: what the rest is missing from is.
                Token before = before(parser.getTokenStream(), offending);
                report(text.span(before), "expected " + wanted + " after `" + shown(before) + "`", null);
            }
            case WritLexer.UNCLOSED_STRING ->
                report(text.span(offending), "a text that no `\"` closes on its line", null);
            default ->
                report(
                        text.span(offending),
                        "expected " + wanted + ", found `" + shown(offending) + "`",
                        adviceOn(before(parser.getTokenStream(), offending), offending, expected));
        }
    }

    /** Whether an entry stands before it on its line. */
    boolean isBehind(Token token) {
        String value = text.text().value();
        int at = text.start(token) - 1;
        while (at >= 0 && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
            at--;
        }
        return at >= 0 && "\r\n{".indexOf(value.charAt(at)) < 0;
    }

    /** The text of a token as a message can show it. */
    static String shown(Token token) {
        String text = token.getText();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    private static Token before(TokenStream tokens, Token token) {
        int at = token.getTokenIndex() - 1;
        while (at > 0 && tokens.get(at).getChannel() != Token.DEFAULT_CHANNEL) {
            at--;
        }
        return tokens.get(Math.max(at, 0));
    }

    private void markBroken(@Nullable ParserRuleContext context) {
        ParserRuleContext at = context;
        while (at != null && !(at instanceof EntryContext) && !(at instanceof DeclarationContext)) {
            at = at.getParent();
        }
        if (at != null) {
            broken.add(at);
        }
    }

    private static String wanted(IntervalSet expected, Token before) {
        if (expected.contains(WritLexer.SPIFFE_ID)) {
            return "a SPIFFE ID, `prefix`, `workloads`, `workload`, `group` or `anyone`";
        }
        if (expected.contains(WritLexer.MESH) && expected.contains(WritLexer.WORD)) {
            return "a name";
        }
        List<String> names = new ArrayList<>();
        for (int type : expected.toList()) {
            if (type != Token.EOF && type != WritLexer.NEWLINE && type != WritLexer.RIGHT_BRACE) {
                names.add(name(type, before));
            }
        }
        return names.isEmpty() ? "the end of the line" : String.join(", ", names);
    }

    private static String name(int type, Token before) {
        String literal = WritLexer.VOCABULARY.getLiteralName(type);
        if (literal != null) {
            return "`" + literal.substring(1, literal.length() - 1) + "`";
        }
        return switch (type) {
            case WritLexer.STRING -> "a text in double quotes";
            case WritLexer.TEXT -> "a text in triple quotes";
            default ->
                switch (before.getType()) {
                    case WritLexer.EXPIRY, WritLexer.TIMEOUT -> "a duration";
                    case WritLexer.PORT, WritLexer.COMMA -> "a port number";
                    default -> "a word";
                };
        };
    }

    private static @Nullable String adviceOn(Token before, Token offending, IntervalSet expected) {
        String word = offending.getText();
        if (expected.contains(WritLexer.SPIFFE_ID)) {
            return offending.getType() == WritLexer.STRING
                    ? "a SPIFFE ID stands without quotes; only `prefix` takes a text"
                    : misspelt(word).orElse("a SPIFFE ID starts with `spiffe://`");
        }
        if (expected.contains(WritLexer.STRING) && expected.size() == 1) {
            return "write `" + before.getText() + " \"" + word + "\"`";
        }
        return NearName.help(word, ENDINGS).orElse(null);
    }

    private static Optional<String> misspelt(String word) {
        int scheme = word.indexOf("://");
        return scheme < 0
                ? NearName.help(word, CALLERS)
                : NearName.help(word.substring(0, scheme + 3), List.of(SpiffeId.SCHEME));
    }

    private void report(SourceSpan span, String message, @Nullable String help) {
        sink.add(DiagnosticId.WRIT_SYNTAX, span, message, help);
    }
}
