package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.HeaderMatch;
import dev.writ.compiler.envoy.config.TextMatcher;
import java.util.List;

/** Asks a header matcher of a request. */
final class HeaderTest {
    private HeaderTest() {}

    static Truth test(HeaderMatch match, HttpRequest request) {
        List<String> values = request.values(match.name());
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
        Truth truth = value(match.test(), values.isEmpty() ? "" : String.join(",", values));
        return match.invert() ? Truth.not(truth) : truth;
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
