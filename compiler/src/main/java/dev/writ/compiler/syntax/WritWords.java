package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.grammar.WritGrammar.NameContext;
import dev.writ.grammar.WritLexer;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** The values that the words and texts of a Writ text stand for. */
final class WritWords {
    private static final int QUOTES = 3;

    private final AntlrText text;
    private final DiagnosticSink sink;

    WritWords(AntlrText text, DiagnosticSink sink) {
        this.text = text;
        this.sink = sink;
    }

    SourceSpan span(ParserRuleContext context) {
        return text.span(context);
    }

    SourceSpan span(Token first, Token last) {
        return text.span(first, last);
    }

    SourceSpan span(Token token) {
        return text.span(token);
    }

    SourceText slice(ParserRuleContext context) {
        return text.slice(context.getStart(), context.getStop());
    }

    SourceText slice(Token token) {
        return text.slice(token);
    }

    /** A name, with or without quotes. */
    SourceText name(NameContext name) {
        Token token = name.getStart();
        return token.getType() == WritLexer.STRING ? string(token) : text.slice(token);
    }

    Located<String> located(NameContext name) {
        SourceText value = name(name);
        return new Located<>(value.value(), value.span());
    }

    /**
     * What stands between the quotes: {@code \"} and {@code \\} stand for what follows the backslash, but in the actions of a
     * template, which have escapes of their own.
     */
    SourceText string(Token token) {
        SourceText quoted = text.slice(token);
        SourceText inner = quoted.slice(1, quoted.value().length() - 1);
        return inner.value().indexOf('\\') < 0 ? inner : unescaped(inner);
    }

    private SourceText unescaped(SourceText inner) {
        String value = inner.value();
        StringBuilder decoded = new StringBuilder();
        int[] indexes = new int[value.length() + 1];
        int at = 0;
        while (at < value.length()) {
            int close = value.startsWith("{{", at) ? value.indexOf("}}", at) : -1;
            for (int end = close + 1; at < end; at++) {
                indexes[decoded.length()] = at;
                decoded.append(value.charAt(at));
            }
            if (value.charAt(at) == '\\') {
                char escaped = value.charAt(at + 1);
                if (escaped != '"' && escaped != '\\') {
                    sink.add(
                            DiagnosticId.WRIT_SYNTAX,
                            inner.span(at, at + 2),
                            "unknown escape `\\" + escaped + "`",
                            "a text has `\\\"` and `\\\\`");
                }
                at++;
            }
            indexes[decoded.length()] = at;
            decoded.append(value.charAt(at++));
        }
        indexes[decoded.length()] = at;
        int[] places = new int[decoded.length() + 1];
        System.arraycopy(indexes, 0, places, 0, places.length);
        return inner.decoded(decoded.toString(), places, inner.span());
    }

    /** What stands between triple quotes, without the space that all its lines begin with. */
    SourceText block(Token token) {
        SourceText quoted = text.slice(token);
        String value = quoted.value();
        int start = QUOTES;
        int end = value.length() - QUOTES;
        int margin = margin(value.substring(start, end));
        StringBuilder decoded = new StringBuilder();
        int[] indexes = new int[end - start + 1];
        boolean isFirst = true;
        int at = start;
        while (at < end) {
            int next = value.indexOf('\n', at);
            int stop = next < 0 || next >= end ? end : next + 1;
            int line = stop == next + 1 ? next : stop;
            for (int i = isFirst ? at : Math.min(at + margin, line); i < stop; i++) {
                indexes[decoded.length()] = i;
                decoded.append(value.charAt(i));
            }
            isFirst = false;
            at = stop;
        }
        indexes[decoded.length()] = end;
        int[] places = new int[decoded.length() + 1];
        System.arraycopy(indexes, 0, places, 0, places.length);
        return quoted.decoded(decoded.toString(), places, quoted.span());
    }

    private static int margin(String value) {
        String[] lines = value.split("\n", -1);
        int margin = Integer.MAX_VALUE;
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                margin = Math.min(
                        margin, lines[i].length() - lines[i].stripLeading().length());
            }
        }
        return margin == Integer.MAX_VALUE ? 0 : margin;
    }
}
