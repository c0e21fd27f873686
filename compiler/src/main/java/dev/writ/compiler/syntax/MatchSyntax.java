package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;

/** The caller side of a rule. The span is the whole match, the text the SPIFFE ID pattern in it. */
public sealed interface MatchSyntax {
    SourceText pattern();

    SourceSpan span();

    /** This SPIFFE ID and no other. */
    record ExactMatch(SourceText pattern, SourceSpan span) implements MatchSyntax {}

    /** Every string that begins with these bytes: Kuma's {@code Prefix}, Writ's {@code prefix "…"}. */
    record PrefixMatch(SourceText pattern, SourceSpan span) implements MatchSyntax {}

    /** Writ's {@code …/**}: one or more whole segments below. The pattern's text ends before the {@code /**}. */
    record BelowMatch(SourceText pattern, SourceSpan span) implements MatchSyntax {}
}
