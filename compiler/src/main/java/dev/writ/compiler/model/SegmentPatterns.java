package dev.writ.compiler.model;

import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdSegments;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.MatchSyntax.SegmentsMatch;
import dev.writ.compiler.syntax.MatchSyntax.SegmentsMatch.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pattern of whole segments as one for each of its alternatives, in their order. */
final class SegmentPatterns {
    private final List<Segment> segments;
    private final boolean below;
    private final List<CallerPattern> patterns = new ArrayList<>();
    /** What each segment is in the pattern that is being made; null for any. */
    private final @Nullable String[] chosen;

    private SegmentPatterns(SegmentsMatch match) {
        this.segments = match.segments();
        this.below = match.below();
        this.chosen = new String[segments.size()];
    }

    static List<CallerPattern> of(SegmentsMatch match) {
        SegmentPatterns all = new SegmentPatterns(match);
        all.choose(0);
        return all.patterns;
    }

    private void choose(int index) {
        int at = index;
        while (at < chosen.length && segments.get(at).names().size() <= 1) {
            List<String> names = segments.get(at).names();
            chosen[at++] = names.isEmpty() ? null : names.getFirst();
        }
        if (at == chosen.length) {
            patterns.add(pattern());
            return;
        }
        for (String name : segments.get(at).names()) {
            chosen[at] = name;
            choose(at + 1);
        }
    }

    private CallerPattern pattern() {
        StringBuilder id = new StringBuilder(SpiffeId.SCHEME);
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] == null) {
                return any();
            }
            id.append(i == 0 ? "" : "/").append(chosen[i]);
        }
        return below ? new BelowId(id.toString()) : new ExactId(id.toString());
    }

    private CallerPattern any() {
        List<Optional<String>> parts = new ArrayList<>(chosen.length);
        for (@Nullable String name : chosen) {
            parts.add(Optional.ofNullable(name));
        }
        return new IdSegments(parts, below);
    }
}
