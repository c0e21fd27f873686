package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** Reads whom a Writ rule is about, and refuses what no SPIFFE ID can match. */
final class CallerReader {
    private static final String BELOW = "/**";

    private final AntlrText text;
    private final DiagnosticSink sink;

    CallerReader(AntlrText text, DiagnosticSink sink) {
        this.text = text;
        this.sink = sink;
    }

    /** An exact SPIFFE ID, or one with {@code /**} behind it. */
    Optional<MatchSyntax> pattern(Token token) {
        SourceText whole = text.slice(token);
        boolean isBelow = whole.value().endsWith(BELOW);
        SourceText id = isBelow ? whole.slice(0, whole.value().length() - BELOW.length()) : whole;
        if (isOfLaterVersion(id)) {
            return Optional.empty();
        }
        Optional<SpiffeId.Fault> fault = SpiffeId.fault(id.value());
        if (fault.isPresent()) {
            invalid(id, fault.get());
            return Optional.empty();
        }
        SourceSpan span = whole.span();
        return Optional.of(isBelow ? new MatchSyntax.BelowMatch(id, span) : new MatchSyntax.ExactMatch(id, span));
    }

    /** A text in quotes that some SPIFFE ID starts with; it may end anywhere, also in a slash. */
    Optional<MatchSyntax> prefix(Token quoted, SourceSpan span) {
        SourceText whole = text.slice(quoted);
        SourceText prefix = whole.slice(1, whole.value().length() - 1);
        if (prefix.value().isEmpty()) {
            sink.add(DiagnosticId.RULE_SYNTAX, whole.span(), "an empty prefix, which would match every caller");
            return Optional.empty();
        }
        Optional<SpiffeId.Fault> fault = SpiffeId.prefixFault(prefix.value());
        if (fault.isPresent()) {
            invalid(prefix, fault.get());
            return Optional.empty();
        }
        return Optional.of(new MatchSyntax.PrefixMatch(prefix, span));
    }

    private boolean isOfLaterVersion(SourceText id) {
        int star = id.value().indexOf('*');
        int brace = id.value().indexOf('{');
        if (star < 0 && brace < 0) {
            return false;
        }
        boolean isStar = brace < 0 || star >= 0 && star < brace;
        int start = isStar ? star : brace;
        int close = id.value().indexOf('}', start);
        SourceSpan span =
                id.span(start, isStar ? start + 1 : close < 0 ? id.value().length() : close + 1);
        sink.add(
                DiagnosticId.RULE_SYNTAX,
                span,
                isStar
                        ? "`*` inside a SPIFFE ID is not supported in this version"
                        : "alternatives in braces are not supported in this version",
                isStar ? "`/**` at the end stands for one or more segments" : "write one rule for each");
        return true;
    }

    private void invalid(SourceText id, SpiffeId.Fault fault) {
        String help = fault.message().contains("trailing slash")
                ? "`/**` at the end stands for what is below, `prefix \"…\"` for a raw prefix"
                : null;
        sink.add(DiagnosticId.SPIFFE_ID_INVALID, id.span(fault.start(), fault.end()), fault.message(), help);
    }
}
