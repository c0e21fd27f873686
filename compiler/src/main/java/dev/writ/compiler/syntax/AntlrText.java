package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** A {@link SourceText} as ANTLR reads it: ANTLR counts code points, a source text UTF-16 units. */
final class AntlrText {
    private final SourceText text;
    private final String value;
    /** Null for a text in which each code point is one unit, as most are. */
    private final int @Nullable [] units;

    AntlrText(SourceText text) {
        this(text, text.value());
    }

    /** @param value what ANTLR is to read: the text itself, or the text with more behind it */
    AntlrText(SourceText text, String value) {
        this.text = text;
        this.value = value;
        this.units = hasSurrogate(value) ? units(value) : null;
    }

    private static boolean hasSurrogate(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    CharStream stream() {
        return CharStreams.fromString(value);
    }

    /** Where a token starts in the source text. */
    int start(Token token) {
        return unit(token.getStartIndex());
    }

    /** Where a token ends in the source text, exclusive. */
    int end(Token token) {
        return unit(token.getStopIndex() + 1);
    }

    SourceSpan span(Token token) {
        return text.span(start(token), Math.max(start(token), end(token)));
    }

    SourceSpan span(ParserRuleContext context) {
        return span(context.getStart(), context.getStop());
    }

    SourceSpan span(Token first, Token last) {
        return text.span(start(first), Math.max(start(first), end(last)));
    }

    SourceText slice(Token token) {
        return slice(token, token);
    }

    SourceText slice(Token first, Token last) {
        return text.slice(start(first), end(last));
    }

    SourceText text() {
        return text;
    }

    private int unit(int codePoint) {
        int unit = units == null ? codePoint : units[Math.min(codePoint, units.length - 1)];
        return Math.min(unit, text.value().length());
    }

    private static int[] units(String value) {
        int[] units = new int[value.codePointCount(0, value.length()) + 1];
        int unit = 0;
        for (int i = 1; i < units.length; i++) {
            unit = value.offsetByCodePoints(unit, 1);
            units[i] = unit;
        }
        return units;
    }
}
