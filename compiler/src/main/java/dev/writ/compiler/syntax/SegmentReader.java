package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.MatchSyntax.SegmentsMatch.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a SPIFFE ID pattern: whole segments, each a name, {@code *} for any one or {@code {a,b}} for one of these, and at the end
 * {@code /**} for one or more.
 */
final class SegmentReader {
    /** So many SPIFFE IDs may one pattern's alternatives come to. */
    static final int MOST_ALTERNATIVES = 1000;

    private static final String BELOW = "/**";

    private final SourceText whole;
    private final DiagnosticSink sink;
    private boolean isBroken;

    SegmentReader(SourceText whole, DiagnosticSink sink) {
        this.whole = whole;
        this.sink = sink;
    }

    /** Nothing, with a finding, where no SPIFFE ID can match. */
    Optional<CallerMatch> read() {
        boolean isBelow = whole.value().endsWith(BELOW);
        SourceText id = isBelow ? whole.slice(0, whole.value().length() - BELOW.length(), whole.span()) : whole;
        String text = id.value();
        if (text.indexOf('*') < 0 && text.indexOf('{') < 0) {
            if (isInvalid(id, text)) {
                return Optional.empty();
            }
            return Optional.of(
                    isBelow
                            ? new MatchSyntax.BelowMatch(id, whole.span())
                            : new MatchSyntax.ExactMatch(id, whole.span()));
        }
        List<Segment> segments = segments(id);
        return isBroken
                ? Optional.empty()
                : Optional.of(new MatchSyntax.SegmentsMatch(id, segments, isBelow, whole.span()));
    }

    private List<Segment> segments(SourceText id) {
        String text = id.value();
        // What is no name stands aside for a look at the rest: a letter for each of its characters keeps the places.
        StringBuilder plain = new StringBuilder(text);
        List<Segment> segments = new ArrayList<>();
        int start = Math.min(SpiffeId.SCHEME.length(), text.length());
        long combinations = 1;
        while (start <= text.length() && !isBroken) {
            int end = end(text, start);
            Segment segment = segment(id, start, end, segments.isEmpty());
            if (segment != null) {
                segments.add(segment);
                combinations *= Math.max(1, segment.names().size());
                if (segment.names().isEmpty() || segment.names().size() > 1 || text.charAt(start) == '{') {
                    for (int i = start; i < end; i++) {
                        plain.setCharAt(i, 'x');
                    }
                }
            }
            start = end + 1;
        }
        if (!isBroken && combinations > MOST_ALTERNATIVES) {
            fault(
                    id,
                    0,
                    text.length(),
                    "alternatives for " + combinations + " SPIFFE IDs, more than the limit of 1,000",
                    null);
        }
        isBroken = isBroken || isInvalid(id, plain.toString());
        return segments;
    }

    // A slash inside braces does not end a segment: what is wrong with it is the braces' matter.
    private static int end(String text, int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '/' && depth <= 0) {
                return i;
            }
        }
        return text.length();
    }

    private @Nullable Segment segment(SourceText id, int start, int end, boolean isTrustDomain) {
        String segment = id.value().substring(start, end);
        int star = segment.indexOf('*');
        int brace = segment.indexOf('{');
        if (segment.equals("*")) {
            return new Segment(List.of());
        }
        if (segment.equals("**")) {
            fault(
                    id,
                    start,
                    end,
                    "`**` inside a SPIFFE ID",
                    "`*` stands for one segment; `/**` only at the end, for one or more");
            return null;
        }
        if (star >= 0 && (brace < 0 || star < brace)) {
            fault(
                    id,
                    start,
                    end,
                    "`*` stands for a whole segment",
                    "a part of a name is matched by `prefix \"…\"` alone");
            return null;
        }
        if (brace < 0) {
            return new Segment(List.of(segment));
        }
        if (segment.indexOf('}') != segment.length() - 1 || brace != 0) {
            alternativesFault(id, start, end, segment);
            return null;
        }
        return alternatives(id, start, segment, isTrustDomain);
    }

    private void alternativesFault(SourceText id, int start, int end, String segment) {
        int second = segment.indexOf('{', segment.indexOf('{') + 1);
        if (segment.indexOf('}') < 0) {
            fault(
                    id,
                    start + segment.indexOf('{'),
                    end,
                    "alternatives that no `}` closes",
                    "`{a,b}`, without spaces around it");
        } else if (second >= 0 && second < segment.indexOf('}')) {
            fault(
                    id,
                    start,
                    end,
                    "alternatives inside alternatives",
                    "write all of them in one pair of braces: `{a,b,c}`");
        } else {
            fault(id, start, end, "alternatives stand for a whole segment", "write out the names: `{web-1,web-2}`");
        }
    }

    private @Nullable Segment alternatives(SourceText id, int start, String segment, boolean isTrustDomain) {
        List<String> names = new ArrayList<>();
        int from = 1;
        while (from < segment.length()) {
            int comma = segment.indexOf(',', from);
            int to = comma < 0 ? segment.length() - 1 : comma;
            String part = segment.substring(from, to);
            int left = from + part.length() - part.stripLeading().length();
            String name = part.strip();
            if (name.isEmpty()) {
                fault(id, start + from - 1, start + to + 1, "an empty alternative", null);
                return null;
            }
            String probe = SpiffeId.SCHEME + (isTrustDomain ? "" : "x/") + name;
            int shift = start + left - (probe.length() - name.length());
            Optional<SpiffeId.Fault> fault = SpiffeId.fault(probe);
            if (fault.isPresent()) {
                invalid(id, fault.get(), shift);
                return null;
            }
            if (names.contains(name)) {
                fault(
                        id,
                        start + left,
                        start + left + name.length(),
                        "the alternative `" + name + "` a second time",
                        null);
                return null;
            }
            names.add(name);
            from = to + 1;
        }
        return new Segment(names);
    }

    private boolean isInvalid(SourceText id, String plain) {
        Optional<SpiffeId.Fault> fault = SpiffeId.fault(plain);
        fault.ifPresent(found -> invalid(id, found, 0));
        return fault.isPresent();
    }

    private void invalid(SourceText id, SpiffeId.Fault fault, int shift) {
        String help = fault.message().contains("trailing slash")
                ? "`/**` at the end stands for what is below, `prefix \"…\"` for a raw prefix"
                : null;
        int last = id.value().length();
        sink.add(
                DiagnosticId.SPIFFE_ID_INVALID,
                id.span(Math.min(fault.start() + shift, last), Math.min(fault.end() + shift, last)),
                fault.message(),
                help);
        isBroken = true;
    }

    private void fault(SourceText id, int start, int end, String message, @Nullable String help) {
        sink.add(DiagnosticId.WRIT_SYNTAX, id.span(start, end), message, help);
        isBroken = true;
    }
}
