package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.HeaderMatch;
import dev.writ.compiler.envoy.config.TextMatcher;
import java.util.List;
import java.util.Set;

/**
 * Asks a header matcher of a request. Of several values of one name each is asked by itself, and one that matches is enough, also
 * below an {@code invert_match} (tried on 1.40.0; Envoys before 2026 asked all of them joined with commas).
 */
final class HeaderTest {
    /** Whatever is in them, a request has them. */
    private static final Set<String> ALWAYS = Set.of(":authority", "host", ":scheme", "x-forwarded-proto");

    private HeaderTest() {}

    static Truth test(HeaderMatch match, HttpRequest request) {
        List<String> values = request.values(match.name());
        if (values == null
                && match.test() instanceof HeaderMatch.Test.Present present
                && ALWAYS.contains(match.name())) {
            return Truth.of(present.present() != match.invert());
        }
        if (values == null) {
            return new Truth.Unknown(request.whyUnknown(match.name()));
        }
        if (match.test() instanceof HeaderMatch.Test.Present present) {
            boolean there = !values.isEmpty() || match.missingIsEmpty();
            return Truth.of(there == present.present() != match.invert());
        }
        if (values.isEmpty() && !match.missingIsEmpty()) {
            return Truth.NO;
        }
        Truth truth = anyOf(match.test(), values.isEmpty() ? List.of("") : values);
        return match.invert() ? Truth.not(truth) : truth;
    }

    private static Truth anyOf(HeaderMatch.Test test, List<String> values) {
        Truth open = Truth.NO;
        for (String value : values) {
            Truth truth = value(test, value);
            if (truth instanceof Truth.Yes) {
                return truth;
            }
            open = truth instanceof Truth.No ? open : truth;
        }
        return open;
    }

    private static Truth value(HeaderMatch.Test test, String value) {
        return switch (test) {
            case HeaderMatch.Test.Present present -> Truth.of(present.present());
            case HeaderMatch.Test.Text text -> text(text.matcher(), value);
            case HeaderMatch.Test.Range range -> Truth.of(isIn(range, value.strip()));
        };
    }

    private static Truth text(TextMatcher matcher, String value) {
        return TextMatching.matches(matcher, value);
    }

    private static boolean isIn(HeaderMatch.Test.Range range, String value) {
        try {
            long number = Long.parseLong(value);
            return range.start() <= number && number < range.end();
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
