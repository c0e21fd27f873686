package dev.writ.compiler.check.envoy;

import dev.writ.compiler.envoy.config.TextMatcher;

/** Whether two matchers take the same texts, as far as that shows in how they are written. */
final class SameText {
    private SameText() {}

    static boolean of(TextMatcher one, TextMatcher other) {
        // Compiled patterns are never equal.
        return one instanceof TextMatcher.Regex first && other instanceof TextMatcher.Regex second
                ? first.pattern().pattern().equals(second.pattern().pattern())
                : one.equals(other);
    }
}
