package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Writ's pattern of whole segments, the trust domain first; with a trailing {@code /**} one or more must follow. */
    record SegmentsMatch(SourceText pattern, List<Segment> segments, boolean below, SourceSpan span)
            implements CallerMatch {
        public SegmentsMatch {
            segments = List.copyOf(segments);
        }

        /**
         * One segment.
         *
         * @param names one of these, as in {@code {a,b}}; empty: any, {@code *}
         */
        public record Segment(List<String> names) {
            public Segment {
                names = List.copyOf(names);
            }
        }
    }

    /** Writ's {@code workloads where …}: the SPIFFE IDs that the identity templates give them. */
    record WorkloadsMatch(SelectionSyntax selection, SourceText pattern, SourceSpan span) implements CallerMatch {}

    /** The callers of a Writ {@code group}. */
    record GroupMatch(Located<String> name, SourceText pattern, SourceSpan span) implements CallerMatch {}

    /** Writ's {@code anyone}: whoever is admitted. */
    record AnyoneMatch(SourceText pattern, SourceSpan span) implements CallerMatch {}

    /**
     * Writ's rule with conditions on the call, or a reason.
     *
     * @param because why there is this rule; null where it does not say
     */
    record RestrictedMatch(
            CallerMatch caller,
            @Nullable HttpSyntax http,
            @Nullable SourceText serverName,
            @Nullable SourceText because,
            SourceSpan span)
            implements MatchSyntax {}

    /** Any caller that asks for this server name: Kuma's {@code sni} (2.14 and newer), always {@code Exact}. */
    record ServerNameMatch(SourceText serverName, SourceSpan span) implements MatchSyntax {}

    /** Both {@code spiffeID} and {@code sni}. */
    record CallerAndServerNameMatch(CallerMatch caller, ServerNameMatch serverName, SourceSpan span)
            implements MatchSyntax {}

    /** {@code {}}: valid to Kuma, and Envoy refuses the listener that comes of it. */
    record EmptyMatch(SourceSpan span) implements MatchSyntax {}
}
