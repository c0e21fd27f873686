package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.grammar.WritGrammar.AnyoneCallerContext;
import dev.writ.grammar.WritGrammar.CallerContext;
import dev.writ.grammar.WritGrammar.GroupCallerContext;
import dev.writ.grammar.WritGrammar.PrefixCallerContext;
import dev.writ.grammar.WritGrammar.SpiffeIdCallerContext;
import dev.writ.grammar.WritGrammar.WorkloadCallerContext;
import java.util.Optional;

/** Reads whom a Writ rule is about, and refuses what no SPIFFE ID can match. */
final class CallerReader {
    private final WritWords words;
    private final SelectionReader selections;
    private final DiagnosticSink sink;

    CallerReader(WritWords words, DiagnosticSink sink) {
        this.words = words;
        this.selections = new SelectionReader(words, sink);
        this.sink = sink;
    }

    /** Nothing, with a finding, where it is none. */
    Optional<CallerMatch> read(CallerContext caller) {
        return switch (caller) {
            case SpiffeIdCallerContext id -> new SegmentReader(words.slice(id), sink).read();
            case PrefixCallerContext prefix -> prefix(prefix);
            case WorkloadCallerContext workloads ->
                selections
                        .read(workloads.selection())
                        .map(selection ->
                                new MatchSyntax.WorkloadsMatch(selection, words.slice(workloads), selection.span()));
            case GroupCallerContext group ->
                Optional.of(
                        new MatchSyntax.GroupMatch(words.located(group.name()), words.slice(group), words.span(group)));
            case AnyoneCallerContext anyone ->
                Optional.of(new MatchSyntax.AnyoneMatch(words.slice(anyone), words.span(anyone)));
            default -> throw new IllegalStateException("an alternative of the grammar is not handled: " + caller);
        };
    }

    /** A text in quotes that some SPIFFE ID starts with; it may end anywhere, also in a slash. */
    private Optional<CallerMatch> prefix(PrefixCallerContext context) {
        SourceText prefix = words.string(context.STRING().getSymbol());
        SourceSpan span = words.span(context);
        if (prefix.value().isEmpty()) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    words.span(context.STRING().getSymbol()),
                    "an empty prefix, which would match every caller",
                    "`anyone` says so");
            return Optional.empty();
        }
        Optional<SpiffeId.Fault> fault = SpiffeId.prefixFault(prefix.value());
        if (fault.isPresent()) {
            sink.add(
                    DiagnosticId.SPIFFE_ID_INVALID,
                    prefix.span(fault.get().start(), fault.get().end()),
                    fault.get().message(),
                    prefix.value().indexOf('*') < 0
                            ? null
                            : "a prefix is taken as it is; a pattern stands without quotes");
            return Optional.empty();
        }
        return Optional.of(new MatchSyntax.PrefixMatch(prefix, span));
    }
}
