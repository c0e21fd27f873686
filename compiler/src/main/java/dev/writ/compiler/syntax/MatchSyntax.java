package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;

/** One match of a rule: the span is the whole of it. */
public sealed interface MatchSyntax {
    SourceSpan span();

    /** The caller side alone; the text is the SPIFFE ID pattern. */
    sealed interface CallerMatch extends MatchSyntax {
        SourceText pattern();
    }

    /** This SPIFFE ID and no other. */
    record ExactMatch(SourceText pattern, SourceSpan span) implements CallerMatch {}

    /** Every string that begins with these bytes: Kuma's {@code Prefix}, Writ's {@code prefix "…"}. */
    record PrefixMatch(SourceText pattern, SourceSpan span) implements CallerMatch {}

    /** Writ's {@code …/**}: one or more whole segments below. The pattern's text ends before the {@code /**}. */
    record BelowMatch(SourceText pattern, SourceSpan span) implements CallerMatch {}

    /** Any caller that asks for this server name: Kuma's {@code sni} (2.14 and newer), always {@code Exact}. */
    record ServerNameMatch(SourceText serverName, SourceSpan span) implements MatchSyntax {}

    /** Both {@code spiffeID} and {@code sni}. */
    record CallerAndServerNameMatch(CallerMatch caller, ServerNameMatch serverName, SourceSpan span)
            implements MatchSyntax {}

    /** {@code {}}: valid to Kuma, and Envoy refuses the listener that comes of it. */
    record EmptyMatch(SourceSpan span) implements MatchSyntax {}
}
