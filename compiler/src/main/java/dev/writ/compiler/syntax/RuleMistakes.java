package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.grammar.WritGrammar.LineContext;
import dev.writ.grammar.WritLexer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a line that does not follow the grammar, and remembers which. */
final class RuleMistakes implements RegionRecovery.Explanation {
    private final AntlrText text;
    private final DiagnosticSink sink;
    private final Set<LineContext> broken = new HashSet<>();

    RuleMistakes(AntlrText text, DiagnosticSink sink) {
        this.text = text;
        this.sink = sink;
    }

    boolean isIn(LineContext line) {
        return broken.contains(line);
    }

    @Override
    public void explain(Parser parser, Token offending, IntervalSet expected) {
        broken.add(line(parser.getContext()));
        String wanted = wanted(expected);
        if (offending.getType() == WritLexer.NEWLINE || offending.getType() == Token.EOF) {
            // Nothing to underline at the end of a line: what the rest is missing from is.
            Token before = parser.getTokenStream().LT(-1);
            report(text.span(before), "expected " + wanted + " after `" + before.getText() + "`", null);
            return;
        }
        if (offending.getType() == WritLexer.UNCLOSED_STRING) {
            report(text.span(offending), "a text that no `\"` closes on its line", null);
            return;
        }
        report(
                text.span(offending),
                "expected " + wanted + ", found `" + offending.getText() + "`",
                adviceOn(offending, expected));
    }

    private static LineContext line(@Nullable ParserRuleContext context) {
        ParserRuleContext at = context;
        while (at != null) {
            if (at instanceof LineContext line) {
                return line;
            }
            at = at.getParent();
        }
        throw new IllegalStateException("a mistake outside all lines");
    }

    private static String wanted(IntervalSet expected) {
        if (expected.contains(WritLexer.SPIFFE_ID)) {
            return "a SPIFFE ID or `prefix`";
        }
        return expected.contains(WritLexer.STRING) ? "a text in double quotes" : "the end of the line";
    }

    private static @Nullable String adviceOn(Token offending, IntervalSet expected) {
        String word = offending.getText();
        if (expected.contains(WritLexer.SPIFFE_ID)) {
            return offending.getType() == WritLexer.STRING
                    ? "a SPIFFE ID stands without quotes; only `prefix` takes a text"
                    : misspelt(word).orElse("a SPIFFE ID starts with `spiffe://`");
        }
        if (expected.contains(WritLexer.STRING)) {
            return "write `prefix \"" + word + "\"`";
        }
        return NearName.help(word, List.of("to")).orElse("one line is one rule; a comment starts with `#`");
    }

    private static Optional<String> misspelt(String word) {
        int scheme = word.indexOf("://");
        return scheme < 0
                ? NearName.help(word, List.of("prefix"))
                : NearName.help(word.substring(0, scheme + 3), List.of(SpiffeId.SCHEME));
    }

    private void report(SourceSpan span, String message, @Nullable String help) {
        sink.add(DiagnosticId.RULE_SYNTAX, span, message, help);
    }
}
